import type { Units } from './stock-plan.ts';

/** By pool, item and place, in the order in which each first came. */
export function summedUnits(units: readonly Units[]): Units[] {
  const sums = new Map<string, Units>();
  for (const { pool, item, place, units: more } of units) {
    const key = `${pool} ${place} ${item}`;
    const sum = sums.get(key);
    if (sum) sum.units += more;
    else sums.set(key, { pool, item, place, units: more });
  }
  return [...sums.values()];
}
