/** What a month's accounts come to, as profit: income positive, cost negative; a currency each. */
import type { CurrencyCode } from '../money/money.ts';
import { sumMinor } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import type { DifferingDocument, ProfitTie } from './month-profit.ts';

export interface ProfitTotal {
  currency: CurrencyCode;
  /** SKUs + allocated + unallocated. */
  profit: bigint;
  ledger: bigint;
  difference: bigint;
  roles: ProfitTie[];
}

export function profitTotals(ties: readonly ProfitTie[]): ProfitTotal[] {
  return [...grouped(ties, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => {
      const roles = own.map((tie): ProfitTie => ({
        ...tie,
        skus: -tie.skus,
        allocated: -tie.allocated,
        unallocated: -tie.unallocated,
        ledger: -tie.ledger,
        difference: -tie.difference,
      }));
      return {
        currency,
        profit: sumMinor(roles.flatMap(({ skus, allocated, unallocated }) => [skus, allocated, unallocated])),
        ledger: sumMinor(roles.map(({ ledger }) => ledger)),
        difference: sumMinor(roles.map(({ difference }) => difference)),
        roles,
      };
    });
}

/** What both sides of a document that differs come to, as profit. */
export function differingAsProfit({ splits, ledger, ...document }: DifferingDocument): DifferingDocument {
  return { ...document, splits: -splits, ledger: -ledger };
}
