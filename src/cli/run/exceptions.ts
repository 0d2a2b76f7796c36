import {
  amountKeyOf,
  renderAtStake,
  renderExceptionTitle,
  renderSubject,
  renderWaiters,
} from '../../domain/exceptions/render-exception.ts';
import { renderRemedy } from '../../domain/exceptions/render-remedy.ts';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderCount, renderMoney } from '../../domain/money/render-amount.ts';
import { isErrorCode, docsAnchor } from '../../errors/catalogue.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { Store } from '../../store/database.ts';
import { exceptionByNumber, openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { loadSettlement, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { openWaits, rowsOfKey } from '../../store/decisions/waiting.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDay, renderDayOfYear } from '../print/dates.ts';
import { renderFields, renderParagraph, renderTable } from '../print/table.ts';
import { withConnections } from './running-connection.ts';
import { namespace, workflowLink } from './temporal-ui.ts';
import { ownerName, workflowsOf } from './waiters.ts';

export async function listExceptions(io: CommandIo, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (_world, connections, store) => {
    const names = connections.map(({ name }) => name);
    const waits = await openWaits(store.db);
    const open = (await openExceptions(store.db))
      .filter(({ connection }) => names.includes(connection))
      .reverse()
      .map((exception) => ({ exception, waiting: workflowsOf(exception, waits) }));
    io.out(
      options.json
        ? `${JSON.stringify(
            open.map(({ exception, waiting }) => document(exception, waiting)),
            null,
            2,
          )}\n`
        : inCharactersOf(io, table(open, io.width, names.length > 1)),
    );
  });
}

function table(
  open: readonly { exception: StoredException; waiting: readonly string[] }[],
  width: number,
  several: boolean,
): string {
  if (open.length === 0) return 'Nothing waits for a person.\n';
  const next = `${open.length} open. Next: npx tieout exceptions ${open[0]!.exception.id}\n`;
  const lines = renderTable(
    [
      { align: 'right', head: '#', key: true },
      { align: 'left', head: 'What', key: true, gives: true },
      { align: 'right', head: 'Waits' },
      { align: 'right', head: 'At stake' },
      { align: 'right', head: 'Since' },
      { align: 'left', head: 'Acts', wide: true },
      ...(several ? [{ align: 'left' as const, head: 'Connection' }] : []),
    ],
    open.map(({ exception, waiting }) => [
      String(exception.id),
      renderExceptionTitle(exception),
      renderWaiters(waiting),
      renderAtStake(exception.evidence) ?? '–',
      renderDayOfYear(exception.openedAt),
      ownerName(exception.owner),
      exception.connection,
    ]),
    width,
  );
  return `${lines.join('\n')}\n${next}`;
}

export async function showException(io: CommandIo, number: number, options: QueryOptions): Promise<void> {
  await withConnections(options.connection, async (world, connections, store) => {
    const exception = await exceptionByNumber(store.db, number);
    if (exception === null || !connections.some(({ name }) => name === exception.connection))
      throw unknownNumber(number);
    const waiting = workflowsOf(exception, await openWaits(store.db, exception.connection));
    const evidence = await evidenceOf(store, exception);
    const payouts = await openPayouts(store, exception.connection, waiting);
    const link = waiting.length === 0 ? null : workflowLink(world.temporal.uiUrl, namespace(), waiting[0]!);
    if (options.json) {
      io.out(
        `${JSON.stringify({ ...document(exception, waiting), evidence, link, openPayouts: payouts.map(({ settlementId, total, currency }) => ({ settlementId, total: formatMinor(total, currency), currency })) }, null, 2)}\n`,
      );
      return;
    }
    const width = Math.min(io.width, 110);
    const closed =
      exception.closedAt === null ? 'open' : `closed ${renderDay(exception.closedAt)}: ${exception.resolution ?? ''}`;
    io.out(
      inCharactersOf(
        io,
        [
          ...renderParagraph(
            `${exception.id} ${exception.code} · ${exception.connection} · ${closed} · since ${renderDay(exception.openedAt)}`,
            width,
          ),
          '',
          ...renderFields(width, 0, [
            ['what', exception.evidence.what],
            ['at stake', renderAtStake(exception.evidence)],
            ...payouts
              .slice(0, 6)
              .map(({ settlementId, total, currency }, index): [string, string] => [
                index === 0 ? 'stays open' : '',
                `payout ${settlementId} of ${renderMoney(total, currency)}`,
              ]),
            ['waits', waiting.length === 0 ? null : listed(waiting)],
            ...evidence.map((line, index): [string, string] => [index === 0 ? 'evidence' : '', line]),
            ['acts', ownerName(exception.owner)],
            ['see', isErrorCode(exception.code) ? docsAnchor(exception.code) : null],
            ['', link],
            [
              'do',
              exception.closedAt === null ? renderRemedy(exception.remedy, exception.id) : 'nothing: it is closed',
            ],
          ]),
          '',
        ].join('\n'),
      ),
    );
  });
}

/** The payouts that are not tied while it is open: more than its own amount is at stake. */
async function openPayouts({ db }: Store, connection: string, waiting: readonly string[]): Promise<StoredSettlement[]> {
  const ids = waiting.flatMap((id) => (id.startsWith('payout:') ? (parseWorkflowId(id)?.key ?? []) : []));
  const settlements = await Promise.all(ids.map((id) => loadSettlement(db, connection, id)));
  return settlements.flatMap((settlement) => (settlement === null || settlement.state === 'tied' ? [] : [settlement]));
}

export function unknownNumber(number: number): TieoutError {
  return new TieoutError({
    code: 'not-found',
    what: `There is no exception ${number}.`,
    notDone: 'Nothing was done.',
    where: [],
    do: ['npx tieout exceptions lists those that are open'],
  });
}

async function evidenceOf(store: Store, exception: StoredException): Promise<string[]> {
  const key = amountKeyOf(exception);
  if (key === null) return [`${exception.subject.kind} ${exception.subject.id}`];
  const found = await rowsOfKey(store.db, exception.connection, key);
  return [
    key.join(' / '),
    ...found.map(
      ({ settlementId, currency, rows, amount, lines }) =>
        `settlement ${settlementId}: ${counted(rows, 'row')}, ${renderMoney(amount, currency)}, ` +
        `${lines.length === 1 ? 'line' : 'lines'} ${lines.map(renderCount).join('; ')}${rows > lines.length ? '; …' : ''}`,
    ),
  ];
}

function listed(workflowIds: readonly string[]): string {
  const shown = workflowIds.slice(0, 6).map((id) => parseWorkflowId(id)?.key ?? id);
  const more = workflowIds.length - shown.length;
  return `${renderWaiters(workflowIds)}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function document(exception: StoredException, waiting: readonly string[]) {
  const { atStake, currency } = exception.evidence;
  return {
    number: exception.id,
    connection: exception.connection,
    code: exception.code,
    key: exception.key,
    owner: exception.owner,
    what: exception.evidence.what,
    act: renderRemedy(exception.remedy, exception.id),
    remedy: exception.remedy,
    atStake: atStake === null || currency === null ? null : formatMinor(atStake, currency),
    currency,
    subject: renderSubject(exception.subject),
    payout: exception.payout,
    waiting,
    since: exception.openedAt,
    closed: exception.closedAt,
    resolution: exception.resolution,
  };
}
