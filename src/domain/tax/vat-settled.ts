/** The second tie of the VAT report: which settlements brought the money of the month's tax. */
import { monthOf, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import type { Jurisdiction } from './tax-policy.ts';
import { sellerSums } from './vat-lines.ts';
import type { VatFact } from './vat-facts.ts';

export interface SettledTax {
  jurisdiction: Jurisdiction;
  currency: CurrencyCode;
  /** The seller's tax in documents of the month: the sum of the three that follow. */
  documents: bigint;
  inMonth: bigint;
  /** Settled before the month: a document that was booked on a later day than its own. */
  earlier: bigint;
  /** Settled after the month, or not yet. */
  notYet: bigint;
  /** Of documents of other months, settled in this one: with `inMonth`, what the month's settlements brought. */
  ofOtherMonths: bigint;
}

/**
 * @param month `2026-10`
 * @param facts of documents of the month, and of those that a settlement of the month settles
 * @param settledOn last day of the settlement by document
 */
export function taxBySettlement(
  month: string,
  facts: readonly VatFact[],
  settledOn: ReadonlyMap<string, Day>,
): SettledTax[] {
  // What was moved between jurisdictions brings no money.
  const owed = facts.filter(({ collector, type }) => collector === 'seller' && type !== 'move');
  return sellerSums(owed).map(({ jurisdiction, currency }) => {
    const here = owed.filter((fact) => fact.jurisdiction === jurisdiction && fact.currency === currency);
    const own = here.filter(({ day }) => monthOf(day) === month);
    const when = ({ document }: VatFact): 'inMonth' | 'earlier' | 'notYet' => {
      const day = settledOn.get(document);
      if (day === undefined || monthOf(day) > month) return 'notYet';
      return monthOf(day) === month ? 'inMonth' : 'earlier';
    };
    const taxOf = (some: readonly VatFact[]) => sumMinor(some.map(({ tax }) => tax));
    return {
      jurisdiction,
      currency,
      documents: taxOf(own),
      inMonth: taxOf(own.filter((fact) => when(fact) === 'inMonth')),
      earlier: taxOf(own.filter((fact) => when(fact) === 'earlier')),
      notYet: taxOf(own.filter((fact) => when(fact) === 'notYet')),
      ofOtherMonths: taxOf(here.filter((fact) => monthOf(fact.day) !== month && when(fact) === 'inMonth')),
    };
  });
}
