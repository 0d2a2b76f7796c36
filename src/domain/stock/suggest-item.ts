/**
 * Which item an unknown SKU may be. Amazon makes SKUs of its own: `Amazon.Found.{ASIN}…` for units whose label cannot be
 * read, `amzn.gr.{SKU}-…` for what Grade and Resell sells as used. Only a suggestion: a person maps it.
 */

export interface KnownSku {
  sku: string;
  /** Empty where it is not told. */
  asin: string;
  item: string;
  /** Of the item in one of the SKU. */
  units: number;
}

const FOUND = /^amazon\.found\./i;
const GRADED = /^amzn\.gr\./i;

export const isMadeByAmazon = (sku: string): boolean => FOUND.test(sku) || GRADED.test(sku);

/** @returns the item and its units, with the SKU that says so; null where none does */
export function suggestItem(
  { sku, asin }: { sku: string; asin: string },
  known: readonly KnownSku[],
): { item: string; units: number; because: string } | null {
  const told = (one: KnownSku | undefined) => (one ? { item: one.item, units: one.units, because: one.sku } : null);
  if (FOUND.test(sku)) {
    const rest = sku.replace(FOUND, '');
    return told(known.find((one) => one.asin !== '' && (one.asin === asin || rest.startsWith(one.asin))));
  }
  if (!GRADED.test(sku)) return null;
  const rest = sku.replace(GRADED, '');
  return told(
    known
      .filter((one) => rest === one.sku || rest.startsWith(`${one.sku}-`) || rest.startsWith(`${one.sku}.`))
      .sort((a, b) => b.sku.length - a.sku.length)[0],
  );
}
