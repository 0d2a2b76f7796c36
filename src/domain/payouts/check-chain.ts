/** Two settlements that follow on each other: the reserve of one is the opening of the next, and a balance due is carried over. */
import type { CurrencyCode } from '../money/money.ts';
import { renderMoney } from '../money/render-amount.ts';

export interface ChainLink {
  settlementId: string;
  currency: CurrencyCode;
  total: bigint;
  /** Rows that release a reserve (zero or positive), hold one (zero or negative), carry a balance due in (zero or negative). */
  released: bigint;
  held: bigint;
  carriedIn: bigint;
}

/** Sentences about what does not follow; empty when `next` takes up where `previous` ended. */
export function checkChain(previous: ChainLink, next: ChainLink): string[] {
  const text = (minor: bigint) => renderMoney(minor, next.currency);
  const due = previous.total < 0n ? previous.total : 0n;
  return [
    ...(next.released === -previous.held
      ? []
      : [
          `settlement ${next.settlementId} releases a reserve of ${text(next.released)}, and ${previous.settlementId} held ${text(-previous.held)}`,
        ]),
    ...(next.carriedIn === due
      ? []
      : [
          `settlement ${next.settlementId} carries a balance of ${text(next.carriedIn)} in, and ${previous.settlementId} ended at ${text(due)}`,
        ]),
  ];
}
