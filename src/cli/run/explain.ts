import { overridesOf } from '../../domain/mapping/classify.ts';
import { keyText } from '../../domain/mapping/fold-key.ts';
import { parseExternalId } from '../../domain/identifiers/external-id.ts';
import { standing } from '../../domain/identifiers/settlement-key.ts';
import { byBookedRole } from '../../domain/journal/explain-line.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderAmount, renderCount } from '../../domain/money/render-amount.ts';
import { nearestOf } from '../../config/near-miss.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { allDecisions } from '../../store/decisions.ts';
import { documentsOfSettlement, loadDocument, type StoredDocument } from '../../store/documents.ts';
import { explainableDocuments, keysBehind, rowsBehind, type RowBehind } from '../../store/explain-line.ts';
import { movementsOf } from '../../store/planned-movements.ts';
import { loadSettlement } from '../../store/settlements.ts';
import type { CommandIo } from '../command-io.ts';
import type { QueryOptions } from '../command-options.ts';
import { inCharactersOf } from '../print/characters.ts';
import { renderDayOfYear } from '../print/dates.ts';
import { NARROW_BELOW, renderFields, renderParts, renderTable, WIDE_FROM } from '../print/table.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import { linesOf, type ExplainableLine } from './explainable.ts';
import { withConnection, type RunningConnection } from './running-connection.ts';

/** How many reasons are shown; `--json` has all. */
const REASONS = 8;
/** Cells that the words on the left take. */
const LABEL = 15;

export interface ExplainOptions extends QueryOptions { rows?: boolean }

export async function explainDocument(io: CommandIo, externalId: string, number: number | null, options: ExplainOptions): Promise<void> {
  await withConnection(options.connection ?? parseExternalId(externalId)?.connection, async (running) => {
    const document = await loadDocument(running.store.db, externalId);
    if (document === null || document.key.connection !== running.name) throw await unknownDocument(running, externalId);
    const lines = linesOf(document, await stands(running, document));
    if (lines.length === 0) throw notExplained(document);
    if (number === null) return io.out(options.json ? `${JSON.stringify(lines.map((line) => lineDocument(line, document)), null, 2)}\n` : inCharactersOf(io, listed(document, lines, io.width)));
    const line = lines[number - 1];
    if (line === undefined) throw unknownLine(document, number, lines.length);
    await explain(io, running, document, line, options);
  });
}

async function stands({ store, name }: RunningConnection, document: StoredDocument): Promise<boolean> {
  const { settlementId, key } = document;
  if (settlementId === null) return true;
  return standing((await documentsOfSettlement(store.db, name, settlementId)).filter((other) => other.key.purpose === key.purpose)).some((other) => other.externalId === document.externalId);
}

async function explain(io: CommandIo, { name, settings, store }: RunningConnection, document: StoredDocument, line: ExplainableLine, options: ExplainOptions): Promise<void> {
  const settlementId = document.settlementId!;
  const { currency } = document;
  const amount = (minor: bigint) => renderAmount(minor, currency);
  const decisions = (await allDecisions(store.db, name)).filter((decision) => decision.kind === 'amount');
  const overrides = overridesOf(settings.amountMap);
  const proof = line.explain(line.rows === null ? [] : await keysBehind(store.db, name, settlementId, line.rows), { overrides, decisions });
  const rows = options.rows && line.rows !== null ? (await rowsBehind(store.db, name, settlementId, line.rows)).filter((row) => proof.groups.some((group) => keyText(group.key) === keyText(row.key))) : null;
  const settlement = await loadSettlement(store.db, name, settlementId);
  const payout = (await movementsOf(store.db, name, settlementId)).find((movement) => movement.kind === 'payout');
  if (options.json) {
    io.out(`${JSON.stringify({
      ...lineDocument(line, document), settlementId, byKey: proof.groups.map((group) => ({ ...group.key, rows: group.rows, amount: formatMinor(group.amount, currency), role: group.role, booked: group.booked })),
      rowCount: proof.rows, sum: formatMinor(proof.sum, currency), agrees: proof.agrees, because: proof.because,
      payout: settlement && { total: formatMinor(settlement.total, currency), state: settlement.state, bankDate: payout?.date ?? null, traceId: payout?.traceId ?? null },
      ...(rows === null ? {} : { rows: rows.map((row) => ({ line: row.line, postedAt: row.postedAt, orderId: row.orderId, sku: row.sku, ...row.key, amount: formatMinor(row.amount, currency) })) }),
    }, null, 2)}\n`);
    return;
  }
  const width = Math.min(io.width, 110);
  const bank = payout === undefined ? [] : [payout.date === null ? 'bank line not seen yet' : `bank ${renderDayOfYear(payout.date)}${payout.traceId === null ? '' : `, trace …${payout.traceId.slice(-4)}`}`];
  io.out(inCharactersOf(io, [
    ...renderFields(width, LABEL, [[line.kind, [line.name, line.account, sideOf(line, amount)].filter((part) => part !== null)]]),
    ...rowLines(line, proof, amount, width),
    ...renderFields(width, LABEL, [
      ...proof.because.slice(0, REASONS).map((reason, index): [string, string] => [index === 0 ? 'because' : '', reason]),
      ['', proof.because.length > REASONS ? `and ${proof.because.length - REASONS} more (--json has all)` : null],
      ['part of', [`payout ${settlementId}`, ...(settlement === null ? [] : [`${amount(settlement.total)} ${currency}`]), ...bank]],
      ['', document.state === 'posted' ? null : `the document is ${document.state}${document.failure === null ? '' : `: ${document.failure}`}`],
      ['rows', rows !== null || line.rows === null ? null : `npx tieout explain ${document.externalId}:${line.number} --rows`],
    ]),
    ...(rows === null ? [] : ['', ...rowTable(rows, amount, io.width)]),
    '',
  ].join('\n')));
}

function rowLines(line: ExplainableLine, proof: ReturnType<ExplainableLine['explain']>, amount: (minor: bigint) => string, width: number): string[] {
  if (line.rows === null) return [];
  const label = `is ${counted(proof.rows, 'row')}`;
  const groups = line.rows === 'all' ? byBookedRole(proof.groups).map((group) => ({ name: group.role ?? 'no role', ...group }))
    : proof.groups.map((group) => ({ name: fittingKey(group.key, width < NARROW_BELOW ? width - 4 : width - 40), rows: group.rows, amount: group.amount }));
  const lines = [...groups.map((group) => [group.name, renderCount(group.rows), amount(group.amount), '']), ['', renderCount(proof.rows), amount(proof.sum), proof.agrees ? '✓' : '≠']];
  if (width < NARROW_BELOW) {
    return [label, ...renderTable([{ align: 'left' }, { align: 'right', head: 'Rows' }, { align: 'right', head: 'Amount' }, { align: 'left' }], lines, width - 2).map((text) => `  ${text}`)];
  }
  // The room beside the label is less than the terminal's; the table itself stays a table.
  const table = renderTable([{ align: 'left', max: width - 40 }, { align: 'right' }, { align: 'right' }, { align: 'left' }], lines, NARROW_BELOW);
  return table.map((text, index) => `${(index === 0 ? label : '').padEnd(LABEL)}${text}`);
}

/** A key without its first names where it is too long: the last one tells most. */
function fittingKey(key: AmountKey, width: number): string {
  const texts = [keyText(key), `… / ${key.amountType} / ${key.amountDescription}`, `… / ${key.amountDescription}`];
  return texts.find((text) => text.length <= width) ?? texts[2]!;
}

function rowTable(rows: readonly RowBehind[], amount: (minor: bigint) => string, width: number): string[] {
  return renderTable([
    { align: 'right', head: 'Line', key: true }, { align: 'left', head: 'Posted', wide: true }, { align: 'left', head: 'Order' }, { align: 'left', head: 'SKU', gives: true }, { align: 'left', head: 'Key', max: 44, gives: true }, { align: 'right', head: 'Amount' },
  ], rows.map((row) => [renderCount(row.line), row.postedAt, row.orderId ?? '–', row.sku ?? '–', fittingKey(row.key, width < WIDE_FROM ? 32 : 44), amount(row.amount)]), width);
}

function sideOf({ debit, credit }: ExplainableLine, amount: (minor: bigint) => string): string {
  if (debit === credit) return amount(debit);
  return debit > 0n ? `Dr ${amount(debit)}` : `Cr ${amount(credit)}`;
}

/** The lines of a document with their numbers. */
function listed(document: StoredDocument, lines: readonly ExplainableLine[], width: number): string {
  const side = (minor: bigint) => (minor === 0n ? '' : renderAmount(minor, document.currency));
  const table = renderTable([
    { align: 'right', head: 'Line', key: true }, { align: 'left', head: 'What', key: true, gives: true }, { align: 'left', head: 'Account' }, { align: 'right', head: 'Debit' }, { align: 'right', head: 'Credit' },
  ], lines.map((line) => [String(line.number), line.name, line.account ?? '', side(line.debit), side(line.credit)]), width);
  const head = renderParts([document.externalId, `${document.recordType} ${document.tranId ?? document.netsuiteId ?? ''}`.trimEnd(), renderBooked(document), document.state], width);
  return `${[...head, ...table].join('\n')}\nNext: npx tieout explain ${document.externalId}:1\n`;
}

function renderBooked({ date, trueDay }: StoredDocument): string {
  return trueDay === null ? date : `${date} (true day ${trueDay})`;
}

function lineDocument(line: ExplainableLine, { externalId, currency, date, trueDay, state }: StoredDocument) {
  return { externalId, line: line.number, kind: line.kind, name: line.name, account: line.account, debit: formatMinor(line.debit, currency), credit: formatMinor(line.credit, currency), currency, date, trueDay, state };
}

async function unknownDocument({ store, name }: RunningConnection, externalId: string): Promise<TieoutError> {
  const known = await explainableDocuments(store.db, name);
  const near = nearestOf(externalId, known);
  return new TieoutError({
    code: 'not-found', what: `No document ${externalId} is known.`, notDone: 'Nothing was done.',
    where: near !== null ? [] : known.length === 0 ? [`connection ${name} has posted nothing yet`] : [`the latest: ${known.slice(0, 4).join(', ')}`],
    do: [near === null ? 'npx tieout status payout ID lists the documents of a payout' : `did you mean ${near}?`],
  });
}

function unknownLine(document: StoredDocument, number: number, lines: number): TieoutError {
  return new TieoutError({
    code: 'not-found', what: `${document.externalId} has no line ${number}.`, notDone: 'Nothing was done.', where: [`it has ${counted(lines, 'line')}`],
    do: [`npx tieout explain ${document.externalId} lists them`],
  });
}

function notExplained(document: StoredDocument): TieoutError {
  return new TieoutError({
    code: 'not-found', what: `${document.externalId} has no line made of settlement rows.`, notDone: 'Nothing was done.', where: [`it is a document of order ${document.orderId ?? '?'}`],
    do: [`npx tieout status order ${document.orderId ?? 'ID'}`],
  });
}
