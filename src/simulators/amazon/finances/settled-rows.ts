/** The rows of a world's settlement reports, by what they are to Finances; read once a world, by the simulator's own reader. */
import { folded, refundPartOf } from '../amount-words.ts';
import { readSettlement, type ReadRow } from '../settlement-reader.ts';
import { isRefundType } from '../refunds-from-rows.ts';
import type { AmazonWorld, WorldSettlement } from '../world.ts';

export interface SettledRow extends ReadRow {
  settlement: WorldSettlement;
  /** Its place among the rows of its report. */
  ordinal: number;
}

export interface SettledRows {
  /** Rows of type Order with an order id. */
  sales: SettledRow[];
  /** Rows that a refund is made of, by order and instant: {@link refundKey}. */
  refunds: Map<string, SettledRow[]>;
  /** Reserve, debts carried on, charges, transfers that came back: money that moves between Amazon and the seller, or stays. */
  movements: SettledRow[];
  others: SettledRow[];
}

export const refundKey = (orderId: string, postedAt: string): string => `${orderId} ${postedAt}`;

const known = new WeakMap<AmazonWorld, SettledRows>();

export function settledRows(world: AmazonWorld): SettledRows {
  const read = known.get(world) ?? sorted(world.settlements.filter(isFirstIssue).flatMap(rowsOf));
  known.set(world, read);
  return read;
}

/** A report that is issued again tells of the same money. */
function isFirstIssue({ settlementId }: WorldSettlement, index: number, all: readonly WorldSettlement[]): boolean {
  return all.findIndex((other) => other.settlementId === settlementId) === index;
}

/** A world may hold a report that nobody can read: it tells nothing then. */
function rowsOf(settlement: WorldSettlement): SettledRow[] {
  try {
    return readSettlement(settlement.settlementId, settlement.bytes).rows.map((row, ordinal) => ({
      ...row,
      settlement,
      ordinal,
    }));
  } catch {
    return [];
  }
}

function sorted(rows: readonly SettledRow[]): SettledRows {
  const found: SettledRows = { sales: [], refunds: new Map(), movements: [], others: [] };
  for (const row of rows) {
    if (row.amounts.length === 0 && folded(row.transactionType) !== 'order') continue;
    if (folded(row.transactionType) === 'order' && row.orderId !== '') found.sales.push(row);
    else if (isRefundType(row.transactionType) && row.orderId !== '') {
      const key = refundKey(row.orderId, row.postedAt);
      found.refunds.set(key, [...(found.refunds.get(key) ?? []), row]);
    } else if (row.amounts.some(({ group, description }) => movementOf(group, description) !== null))
      found.movements.push(row);
    else found.others.push(row);
  }
  return found;
}

const MOVEMENTS: ReadonlyMap<string, 'carried' | 'reserve-in' | 'reserve-out' | 'transfer'> = new Map([
  ['payabletoamazon', 'carried'],
  ['previousreserveamountbalance', 'reserve-in'],
  ['currentreserveamount', 'reserve-out'],
  ['successfulcharge', 'transfer'],
  ['microdeposit', 'transfer'],
  ['faileddisbursement', 'transfer'],
]);

/** What moves without being earned or spent; null for everything else. */
export function movementOf(
  group: string,
  description: string,
): 'carried' | 'reserve-in' | 'reserve-out' | 'transfer' | null {
  if (folded(description).startsWith('transferoffundsunsuccessful') || folded(group) === 'microdeposit')
    return 'transfer';
  return MOVEMENTS.get(folded(description)) ?? null;
}

/** Whether rows of a refund say what was given back: rows of fees alone are no refund. */
export function isPriced(rows: readonly ReadRow[]): boolean {
  return rows.some((row) =>
    row.amounts.some(({ group, description }) => !['fee', null].includes(refundPartOf(group, description))),
  );
}
