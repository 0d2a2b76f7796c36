/** What the amount map is made of: rules, in sections that are joined in one order (`amount-map.ts`). */
import type { Role } from '../roles.ts';

/**
 * Descriptions are exact, `*` (any), or a beginning that ends in `…` (failed transfers are sentences). Amount types are
 * exact, or a beginning as well (fees that carry an ASIN, a country or a period in their name). `classify.ts` says
 * which rule serves where several fit.
 */
export interface AmountRule {
  transactionTypes: readonly string[];
  amountTypes: readonly string[];
  descriptions: readonly string[];
  /** `ask`: the words do not say what the amount is for; it waits for a person like a key that no rule names. */
  role: Role | 'ask';
  note: string | null;
}

type OneOrMore = string | readonly string[];

export function rule(
  transactionTypes: OneOrMore,
  amountTypes: OneOrMore,
  descriptions: OneOrMore,
  role: Role | 'ask',
  note: string | null = null,
): AmountRule {
  return {
    transactionTypes: [transactionTypes].flat(),
    amountTypes: [amountTypes].flat(),
    descriptions: [descriptions].flat(),
    role,
    note,
  };
}

/** Rules that stand together. */
export interface AmountMapSection {
  /** How often its rules were changed since version 2 of the map, whose version rises with it. Raised by one with each change, never lowered. */
  changes: number;
  rules: readonly AmountRule[];
}
