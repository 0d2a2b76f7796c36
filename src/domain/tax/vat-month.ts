/** What the VAT report of a month counts, of whatever it is stored in. */
import { factsOfMove, type BookedMove } from './moved-facts.ts';
import type { TaxPolicy } from './tax-policy.ts';
import { claimsFromRows, type JournalledRows, type StandingPart } from './claims-from-rows.ts';
import { claimFacts, type ClaimTax } from './vat-claims.ts';
import type { VatFact } from './vat-facts.ts';

/** What is booked in a month, posted or not. */
export interface TaxOfMonth {
  documents: VatFact[];
  moves: BookedMove[];
  /** Parts of journals, and their rows of claims and of tax that no document carries. */
  journalled: { parts: StandingPart[]; rows: JournalledRows[] };
  /** Of the documents of the claims' orders, of whatever month. */
  sold: VatFact[];
  /** Of the claims' orders, of whatever month. */
  soldMoves: BookedMove[];
}

export function vatFactsOf(
  month: TaxOfMonth,
  policyOf: (marketplaceName: string | null) => Pick<TaxPolicy, 'jurisdiction' | 'registrations'>,
): VatFact[] {
  const { documents, moves, sold, soldMoves } = month;
  return [...documents, ...claimFacts(claimsOf(month), sold, soldMoves, policyOf), ...moves.flatMap(factsOfMove)];
}

export function claimsOf({ journalled }: Pick<TaxOfMonth, 'journalled'>): ClaimTax[] {
  return claimsFromRows(journalled.parts, journalled.rows);
}
