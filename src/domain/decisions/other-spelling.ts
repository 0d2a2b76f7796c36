/**
 * A SKU as Amazon writes it, where a person wrote it with other letters or blanks: Amazon's SKUs are told letter by letter, so
 * what he said is of no row and no order.
 */

/** Null: Amazon has told this one, or none that is like it. */
export function otherSpelling(sku: string, told: readonly string[]): string | null {
  if (told.includes(sku)) return null;
  return told.find((one) => folded(one) === folded(sku)) ?? null;
}

/** Neither case nor blanks, whatever kind they are of. */
const folded = (sku: string): string => sku.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

export function renderOtherSpelling(sku: string, written: string): string {
  return `Amazon has told no SKU ${quoted(sku)}, and writes ${quoted(written)}: nothing is mapped by what was said unless Amazon comes to tell it so. Map ${quoted(written)}.`;
}

/** Blanks are seen. */
const quoted = (sku: string): string => `"${sku}"`;
