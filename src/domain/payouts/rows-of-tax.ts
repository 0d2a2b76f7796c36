/**
 * Which rows of tax are tied to documents: those of orders whose documents carry the seller's tax (tax.md, *Booking*). Money
 * and tax of one order come together, so what its documents carry clears, and what they do not washes with what Amazon
 * withheld.
 */
import type { TieableDocument, TieableRow } from './tie-rows.ts';

/**
 * The rows to tie: without the tax of orders whose documents carry none, and need not. Sales and what was given back are told apart, since
 * an old sale may have been billed elsewhere.
 * @param expectsTax whether these rows, which are of one order and side, are tax that a document of the seller must carry: one
 *   that is there and does not is settled for more than it is (`tax-collector-differs`)
 */
export function withOwnedTax(
  rows: readonly TieableRow[],
  documents: readonly TieableDocument[],
  expectsTax: (tax: readonly TieableRow[]) => boolean,
): TieableRow[] {
  const sides = new Map<string, TieableRow[]>();
  for (const row of rows.filter(({ tax }) => tax === true)) {
    const known = sides.get(sideOf(row));
    if (known) known.push(row);
    else sides.set(sideOf(row), [row]);
  }
  if (sides.size === 0) return [...rows];
  const standing = new Map<string, boolean>();
  for (const document of documents) {
    const side = `${document.orderId} ${document.of}`;
    standing.set(side, (standing.get(side) ?? false) || document.carriesTax === true);
  }
  const owned = new Set(
    [...sides].filter(([side, tax]) => standing.get(side) || expectsTax(tax)).map(([side]) => side),
  );
  return rows.filter((row) => row.tax !== true || owned.has(sideOf(row)));
}

const sideOf = ({ orderId, kind }: TieableRow): string => `${orderId} ${kind === 'sale' ? 'sale' : 'refund'}`;
