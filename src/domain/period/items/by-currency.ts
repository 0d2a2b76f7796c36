import type { CurrencyCode } from '../../money/money.ts';

/** The currencies of some facts, in order; one figure each. */
export function byCurrency(facts: readonly { currency: CurrencyCode }[]): CurrencyCode[] {
  return [...new Set(facts.map(({ currency }) => currency))].sort();
}
