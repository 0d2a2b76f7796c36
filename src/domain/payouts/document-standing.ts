/**
 * How an invoice or credit memo stands between what it is, what Amazon settled of it and what payments applied. A
 * document that payouts settle for more or for less than it is stays a named exception until a person has decided:
 * `variance` settles the document in full and books the difference, `leave` accepts it as it is.
 */
import { asShown, type SalesPurpose } from '../documents/document-kinds.ts';
import type { SignedLine } from '../journal/balance-parts.ts';

export type DifferenceChoice = 'variance' | 'leave';
export const DIFFERENCE_CHOICES: readonly DifferenceChoice[] = ['variance', 'leave'];

/** Amounts of one document in minor units, credit memos as positive as invoices. */
export interface DocumentStanding {
  total: bigint;
  /** By the rows of all payouts. */
  settled: bigint;
  /** By all payments and refunds, planned ones too. */
  applied: bigint;
  /** Differences that were booked on `variance`. */
  variance: bigint;
  /** The difference that a person has last accepted. */
  left: bigint | null;
}

/** Settled for more (positive) or for less than the document, after what was booked on `variance`. */
export function differenceOf({ settled, total, variance }: DocumentStanding): bigint {
  return settled - total - variance;
}

/** What payouts settled, without what was booked on `variance`. */
export const settledNet = ({ settled, variance }: DocumentStanding): bigint => settled - variance;

/** Settled and applied for just its amount. */
export function isSettledExactly(standing: DocumentStanding): boolean {
  return differenceOf(standing) === 0n && standing.applied === standing.total;
}

/** A difference that is of rounding alone: one minor unit at most for each line whose share the order gave. */
export function isRounding(standing: DocumentStanding, shares: number): boolean {
  const difference = differenceOf(standing);
  return difference !== 0n && (difference < 0n ? -difference : difference) <= BigInt(shares);
}

/** Nothing is left for a person to decide. */
export function isDecided(standing: DocumentStanding): boolean {
  return isSettledExactly(standing) || standing.left === differenceOf(standing);
}

/** What payments still have to apply once the difference is decided: all that is open, unless a shortfall is left as it is. */
export function leftToApply(standing: DocumentStanding, paid: bigint, choice: DifferenceChoice): bigint {
  const open = standing.total - paid;
  return choice === 'variance' || differenceOf(standing) > 0n ? open : 0n;
}

/**
 * Lines of a difference booked on `variance`: what the settlement's rows brought to clearing beyond the document goes
 * there (`role`). An invoice of 26.00 settled for 25.00: Dr variance 1.00, Cr clearing 1.00; a credit memo the other way about.
 */
export function varianceLines(
  purpose: SalesPurpose,
  difference: bigint,
  memo: string,
  role: 'variance' | 'sales-tax-payable' = 'variance',
): SignedLine[] {
  const inSettlement = asShown(purpose, difference);
  return [
    { role: 'clearing', amount: -inSettlement, memo, payout: false },
    { role, amount: inSettlement, memo, payout: false },
  ];
}
