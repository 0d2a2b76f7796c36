/** The most that a SKU may be: a quantity stays a whole number all the way. */
const MOST = 1_000_000;

/** Why a number of units of an item that one of a SKU shall be is refused, in words without a full stop, or null. */
export function explainRefusedUnits(units: unknown): string | null {
  return Number.isInteger(units) && Number(units) >= 1 && Number(units) <= MOST
    ? null
    : `"${String(units)}" is not how many units of an item a SKU is: a whole number from 1 to ${MOST}`;
}
