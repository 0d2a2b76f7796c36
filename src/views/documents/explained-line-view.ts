/** One line of a document, back to the rows of Amazon's report and to the rule that sent them there. */
import { byBookedRole, type KeyedRows } from '../../domain/journal/explain-line.ts';
import { overridesOf } from '../../domain/mapping/classify.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { keyText } from '../../domain/settlement/fold-key.ts';
import type { AmountKey } from '../../domain/settlement/settlement.ts';
import type { Database } from '../../store/database.ts';
import { allDecisions } from '../../store/decisions/decisions.ts';
import { keysBehind, rowsBehind, type RowBehind, type RowsOf } from '../../store/payouts/explain-line.ts';
import { movementsOf } from '../../store/payouts/planned-movements.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { ConnectionSource } from '../view-source.ts';
import { documentLineView, explainableLines, type DocumentLineView } from './document-lines-view.ts';
import { unknownLine } from './explain-refusals.ts';

/** Rows of one amount key behind the line; amounts signed as in the report. */
export interface KeyBehindView extends AmountKey {
  rows: number;
  amount: string;
  role: string | null;
  booked: string | null;
}
/** A row of the report. */
export interface RowBehindView extends AmountKey {
  line: number;
  postedAt: string;
  orderId: string | null;
  sku: string | null;
  amount: string;
}

export interface ExplainedLineView extends DocumentLineView {
  settlementId: string;
  byKey: KeyBehindView[];
  rowCount: number;
  sum: string;
  /** The rows come to the line, to the cent. */
  agrees: boolean;
  because: string[];
  /** The payout that it is part of; `expected` says that it has a bank line to come or to show. */
  payout: {
    total: string;
    state: string;
    bankDate: string | null;
    traceId: string | null;
    expected: boolean;
  } | null;
  /** What of the report stands behind it: all of it (then by role, in `byRole`), rows of some keys, or nothing. */
  behind: 'report' | 'keys' | 'none';
  byRole: { role: string | null; rows: number; amount: string }[];
  /** Where they were asked for. */
  rows?: RowBehindView[];
}

/**
 * @param number of the line, from 1
 * @param detail whether the rows are listed one by one
 * @throws TieoutError `not-found` for a document or a line that is not known, or is made of no settlement rows
 */
export async function explainedLineView(
  source: ConnectionSource,
  externalId: string,
  number: number,
  detail: 'sums' | 'rows',
): Promise<ExplainedLineView> {
  const { document, lines } = await explainableLines(source, externalId);
  const line = lines[number - 1];
  if (line === undefined) throw unknownLine(document, number, lines.length);
  const { db } = source.store;
  const { name, amountMap } = source.settings;
  const settlementId = document.settlementId!;
  const amount = (minor: bigint) => formatMinor(minor, document.currency);
  const decisions = (await allDecisions(db, name)).filter((decision) => decision.kind === 'amount');
  const proof = line.explain(line.rows === null ? [] : await keysBehind(db, name, settlementId, line.rows), {
    overrides: overridesOf(amountMap),
    decisions,
  });
  const rows =
    detail === 'rows' && line.rows !== null
      ? await countingRows(db, name, settlementId, line.rows, proof.groups)
      : null;
  return {
    ...documentLineView(line, document),
    settlementId,
    byKey: proof.groups.map((group) => ({
      ...group.key,
      rows: group.rows,
      amount: amount(group.amount),
      role: group.role,
      booked: group.booked,
    })),
    rowCount: proof.rows,
    sum: amount(proof.sum),
    agrees: proof.agrees,
    because: proof.because,
    payout: await payoutOf(db, name, settlementId, amount),
    behind: line.rows === null ? 'none' : line.rows === 'all' ? 'report' : 'keys',
    byRole:
      line.rows === 'all'
        ? byBookedRole(proof.groups).map((group) => ({ ...group, amount: amount(group.amount) }))
        : [],
    ...(rows === null ? {} : { rows: rows.map((row) => rowView(row, amount)) }),
  };
}

/** Those of the keys that count. */
async function countingRows(
  db: Database,
  connection: string,
  settlementId: string,
  behind: RowsOf,
  groups: readonly KeyedRows[],
): Promise<RowBehind[]> {
  const keys = new Set(groups.map((group) => keyText(group.key)));
  return (await rowsBehind(db, connection, settlementId, behind)).filter((row) => keys.has(keyText(row.key)));
}

function rowView(
  { line, postedAt, orderId, sku, key, amount }: RowBehind,
  text: (minor: bigint) => string,
): RowBehindView {
  return { line, postedAt, orderId, sku, ...key, amount: text(amount) };
}

async function payoutOf(
  db: Database,
  connection: string,
  settlementId: string,
  amount: (minor: bigint) => string,
): Promise<ExplainedLineView['payout']> {
  const settlement = await loadSettlement(db, connection, settlementId);
  if (settlement === null) return null;
  const payout = (await movementsOf(db, connection, settlementId)).find((movement) => movement.kind === 'payout');
  return {
    total: amount(settlement.total),
    state: settlement.state,
    bankDate: payout?.date ?? null,
    traceId: payout?.traceId ?? null,
    expected: payout !== undefined,
  };
}
