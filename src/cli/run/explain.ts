import { renderDayOfYear } from '../../domain/clocks/render-dates.ts';
import { kindOf } from '../../domain/documents/document-kinds.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { withConnection } from '../../operations/running-connection.ts';
import { documentLinesView } from '../../views/documents/document-lines-view.ts';
import { explainedLineView, type ExplainedLineView } from '../../views/documents/explained-line-view.ts';
import { documentTrail, trailFrom, type TrailView } from '../../views/documents/trail.ts';
import { stockDocumentView } from '../../views/documents/stock-document-view.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { showAmount, showMoney } from '../print/amounts.ts';
import { inCharactersOf } from '../print/characters.ts';
import { asJson } from '../print/document.ts';
import { renderFields, type Field } from '../print/table.ts';
import { renderDocumentLines } from './document-lines.ts';
import { renderStockDocument } from './explain-stock.ts';
import { LABEL, rowLines, rowTable } from './explained-rows.ts';

/** How many reasons are shown; `--json` has all. */
const REASONS = 8;

export interface ExplainOptions extends QueryOptions {
  rows?: boolean;
}

/** @param number of the line of a document, a report or a statement; null: of the whole */
export async function explain(
  io: CommandIo,
  name: string,
  number: number | null,
  options: ExplainOptions,
): Promise<void> {
  const key = parseExternalId(name);
  if (key !== null || name.startsWith('AMZ_')) return explainDocument(io, name, key, number, options);
  await withConnection(options.connection, async (running) => {
    const view = await trailFrom(running, name, number);
    io.out(options.json ? asJson(view) : inCharactersOf(io, renderTrail(view, io.width)));
  });
}

async function explainDocument(
  io: CommandIo,
  externalId: string,
  key: ReturnType<typeof parseExternalId>,
  number: number | null,
  options: ExplainOptions,
): Promise<void> {
  await withConnection(options.connection ?? key?.connection, async (running) => {
    if (key !== null && kindOf(key.purpose).of === 'stock') {
      const view = await stockDocumentView(running, externalId, number);
      const page = renderStockDocument(view, { width: io.width, all: options.rows === true });
      io.out(options.json ? asJson(view) : inCharactersOf(io, page));
      return;
    }
    const trail = number === null ? await documentTrail(running, externalId) : null;
    if (trail !== null) {
      io.out(options.json ? asJson(trail) : inCharactersOf(io, renderTrail(trail, io.width)));
      return;
    }
    if (number === null) {
      const lines = await documentLinesView(running, externalId);
      io.out(options.json ? asJson(lines) : inCharactersOf(io, renderDocumentLines(lines, io.width)));
      return;
    }
    const view = await explainedLineView(running, externalId, number, options.rows ? 'rows' : 'sums');
    io.out(options.json ? asJson(view) : inCharactersOf(io, render(view, io.width)));
  });
}

function renderTrail({ about, stages }: TrailView, terminal: number): string {
  const width = Math.min(terminal, 110);
  const fields = stages.flatMap(({ name, says, next }, index): Field[] => [
    [stages[index - 1]?.name === name ? '' : name, says],
    ['', next],
  ]);
  return [about, ...renderFields(width, LABEL, fields), ''].join('\n');
}

function render(view: ExplainedLineView, terminal: number): string {
  const width = Math.min(terminal, 110);
  const { externalId, kind, name, account, because, state, failure, behind, rows } = view;
  return [
    ...renderFields(width, LABEL, [[kind, [name, account, sideOf(view)].filter((part) => part !== null)]]),
    ...rowLines(view, width),
    ...renderFields(width, LABEL, [
      ...because.slice(0, REASONS).map((reason, index): [string, string] => [index === 0 ? 'because' : '', reason]),
      ['', because.length > REASONS ? `and ${because.length - REASONS} more (--json has all)` : null],
      ['part of', partsOf(view)],
      ['', state === 'posted' ? null : `the document is ${state}${failure === null ? '' : `: ${failure}`}`],
      ['rows', rows !== undefined || behind === 'none' ? null : `npx tieout explain ${externalId}:${view.line} --rows`],
    ]),
    ...(rows === undefined ? [] : ['', ...rowTable(rows, view.currency, terminal)]),
    '',
  ].join('\n');
}

function partsOf({ settlementId, payout, currency }: ExplainedLineView): string[] {
  if (payout === null) return [`payout ${settlementId}`];
  const { bankDate, traceId } = payout;
  const bank =
    bankDate === null
      ? 'bank line not seen yet'
      : `bank ${renderDayOfYear(bankDate)}${traceId === null ? '' : `, trace …${traceId.slice(-4)}`}`;
  return [`payout ${settlementId}`, showMoney(payout.total, currency), ...(payout.expected ? [bank] : [])];
}

function sideOf({ debit, credit, currency }: ExplainedLineView): string {
  if (debit === credit) return showAmount(debit, currency);
  return /[1-9]/.test(debit) ? `Dr ${showAmount(debit, currency)}` : `Cr ${showAmount(credit, currency)}`;
}
