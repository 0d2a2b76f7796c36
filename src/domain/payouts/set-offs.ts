/** Set-offs: one account of a seller pays the debt of another. Both sides stand on one account and come to nothing over them. */
import type { Instant } from '../money/instant.ts';
import type { SignedLine } from '../journal/balance-parts.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';

/** What one settlement has on set-off; signed as in the books, debit positive. */
export interface SetOffSide {
  settlementId: string;
  currency: CurrencyCode;
  amount: bigint;
  at: Instant;
}

/** The same as its posted journals have it. */
export interface HeldOnSetOff extends Omit<SetOffSide, 'amount'> {
  debits: bigint;
  credits: bigint;
}

export function sidesOf(held: readonly HeldOnSetOff[]): SetOffSide[] {
  return held.map(({ debits, credits, ...side }) => ({ ...side, amount: debits - credits }));
}

/** A side less what a person has put on `variance` and whose journal is still to come. */
export function lessDecided(side: SetOffSide, decided: bigint): SetOffSide {
  return { ...side, amount: side.amount - decided };
}

/** The other side may be in a settlement of another account that ends two periods later. */
export const SET_OFF_DAYS = 35;

/** Sides of one currency whose other side is not there: all but those that cancel each other, the oldest first. */
export function openSetOffs(sides: readonly SetOffSide[]): SetOffSide[] {
  const open = [...sides]
    .filter(({ amount }) => amount !== 0n)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.settlementId < b.settlementId ? -1 : 1));
  if (sumMinor(open.map(({ amount }) => amount)) === 0n) return [];
  const left: SetOffSide[] = [];
  for (const side of open) {
    const other = left.findIndex(({ amount }) => amount === -side.amount);
    if (other >= 0) left.splice(other, 1);
    else left.push(side);
  }
  return left;
}

/**
 * The journal of a side that nothing answers: off `set-off`, on `variance`.
 *
 * @param amount as the side stands in the books, debit positive
 */
export function setOffVarianceLines(amount: bigint, memo: string): SignedLine[] {
  return [
    { role: 'set-off', amount, memo, payout: false },
    { role: 'variance', amount: -amount, memo, payout: false },
  ];
}
