/** What the VAT report of a month counts, of whatever it is stored in. */
import { factsOfMove, type BookedMove } from './moved-facts.ts';
import type { TaxPolicy } from './tax-policy.ts';
import { claimFacts, type ClaimTax } from './vat-claims.ts';
import type { VatFact } from './vat-facts.ts';

/** What is booked in a month, posted or not. */
export interface TaxOfMonth {
  documents: VatFact[];
  moves: BookedMove[];
  claims: ClaimTax[];
  /** Of the documents of the claims' orders, of whatever month. */
  sold: VatFact[];
  /** Of the claims' orders, of whatever month. */
  soldMoves: BookedMove[];
}

export function vatFactsOf(
  { documents, moves, claims, sold, soldMoves }: TaxOfMonth,
  policyOf: (marketplaceName: string | null) => Pick<TaxPolicy, 'jurisdiction' | 'registrations'>,
): VatFact[] {
  return [...documents, ...claimFacts(claims, sold, soldMoves, policyOf), ...moves.flatMap(factsOfMove)];
}
