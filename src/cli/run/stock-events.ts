import { renderDay } from '../../domain/clocks/render-dates.ts';
import { counted } from '../../domain/money/render-amount.ts';
import { quoted } from '../../domain/exceptions/render-remedy.ts';
import { signedUnits } from '../../domain/stock/render-stock.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { withConnections } from '../../operations/running-connection.ts';
import { knownNamesView, type KnownNamesView } from '../../views/stock/known-names-view.ts';
import { ledgerEventsView, type LedgerEventView } from '../../views/stock/ledger-events-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { ListOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { shortened } from '../print/long-list.ts';
import { NO_STOCK } from '../print/stock.ts';
import { renderTable } from '../print/table.ts';

export interface StockEventsOptions extends ListOptions {
  from?: string;
  ids?: boolean;
}

export async function showStockEvents(io: CommandIo, sku: string, options: StockEventsOptions): Promise<void> {
  await withConnections(options.connection, async (running) => {
    const { connections, names } = running;
    const events = await ledgerEventsView(running, names, { sku, from: options.from ?? '' });
    if (events.length === 0) {
      if (!connections.some(({ stock }) => stock !== undefined)) return io.out(options.json ? asJson([]) : NO_STOCK);
      const known = await knownNamesView(running, names, sku);
      if (!known.isSku) throw unknownSku(sku, known);
    }
    io.out(
      options.json
        ? asJson(events)
        : inCharactersOf(io, table(sku, events, { width: io.width, several: names.length > 1, options })),
    );
    if (options.ids === true && !options.json) io.out(inCharactersOf(io, idLines(events)));
  });
}

function unknownSku(sku: string, { skusOfItem, nearSku }: KnownNamesView): TieoutError {
  const meant = skusOfItem.length > 0 ? skusOfItem : nearSku === null ? [] : [nearSku];
  return new TieoutError({
    code: 'not-found',
    what: `Stock knows no SKU ${sku}.`,
    notDone: 'Nothing was done.',
    where: skusOfItem.length > 0 ? [`${sku} is an item of NetSuite: rows are those of its SKUs`] : [],
    do: [
      meant.length === 0
        ? `npx tieout stock ${quoted(sku)} takes the name of an item or a SKU`
        : `did you mean ${meant.map((name) => `npx tieout stock events ${quoted(name)}`).join(' or ')}?`,
    ],
  });
}

function table(
  sku: string,
  events: readonly LedgerEventView[],
  { width, several, options }: { width: number; several: boolean; options: StockEventsOptions },
): string {
  if (events.length === 0)
    return `Amazon's ledger has no row of ${sku}${options.from === undefined ? '' : ` from ${renderDay(options.from)} on`}.\n`;
  const { shown, more } = shortened(events, options);
  const rows = renderTable(
    [
      { align: 'right', head: 'Day', key: true },
      { align: 'left', head: 'Event', key: true },
      { align: 'right', head: 'Units' },
      { align: 'left', head: 'Disposition' },
      { align: 'left', head: 'Centre' },
      { align: 'left', head: 'Reference', gives: true },
      { align: 'left', head: 'Note', gives: true },
      ...(several ? [{ align: 'left' as const, head: 'Connection' }] : []),
    ],
    shown.map((event) => [
      renderDay(event.day),
      event.reason === '' ? event.event : `${event.event} ${event.reason}`,
      signedUnits(event.units),
      event.disposition,
      `${event.centre} ${event.country}`.trim(),
      event.reference,
      noteOf(event),
      event.connection,
    ]),
    width,
  );
  const all = events.reduce((sum, event) => sum + event.rows, 0);
  return [...rows, ...more, `${counted(all, 'row')} of ${sku}.`, ''].join('\n');
}

/** Whole, whatever the width: they are copied into commands. */
function idLines(events: readonly LedgerEventView[]): string {
  return events
    .flatMap(({ ids }) => ids)
    .map((id) => `${id}\n`)
    .join('');
}

function noteOf({ rows, unreconciled, takenBack }: LedgerEventView): string {
  return [
    ...(rows > 1 ? [`${rows} equal rows`] : []),
    ...(unreconciled !== null && unreconciled > 0 ? [`${unreconciled} not reconciled`] : []),
    ...(takenBack === null ? [] : [`taken back, noticed ${renderDay(takenBack)}`]),
  ].join(', ');
}
