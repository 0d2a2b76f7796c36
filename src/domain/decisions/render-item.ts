/** Words for the item that a SKU is mapped to, and for its units where they are not one. */

/** `TEA-TIN`, and `TEA-TIN × 3` for a pack of three. */
export function renderItem(item: string, units = 1): string {
  return units === 1 ? item : `${item} × ${units}`;
}

/** What is said after the item: `; one TEA-TIN-3 is 3 units of it`, or nothing. */
export function renderUnits({ sku, units = 1 }: { sku: string; units?: number }): string {
  return units === 1 ? '' : `; one ${sku} is ${units} units of it`;
}
