/** Which of two sides belong together where nothing but the day says so: equal days first, then the nearest, the earlier first. */
import { addDays, type Day } from '../money/instant.ts';

interface Sided {
  open: number;
}

/**
 * Takes units of both sides, at most what both have open, in the order in which they are handed in. Both have the same
 * sign. Whoever calls takes: `match` must lower what is open of both by the units that it is told.
 * @param from distance in days to begin with, `to` the last one
 */
export function matchByDay<A extends Sided, B extends Sided>(
  ones: readonly A[],
  others: readonly B[],
  { dayOf, from, to }: { dayOf: { one: (one: A) => Day; other: (other: B) => Day }; from: number; to: number },
  match: (one: A, other: B, units: number) => void,
): void {
  const byDay = new Map<Day, B[]>();
  for (const other of others) {
    if (other.open === 0) continue;
    const known = byDay.get(dayOf.other(other));
    if (known) known.push(other);
    else byDay.set(dayOf.other(other), [other]);
  }
  for (let distance = from; distance <= to; distance += 1) {
    for (const one of ones) {
      if (one.open === 0) continue;
      const day = dayOf.one(one);
      const days = distance === 0 ? [day] : [addDays(day, -distance), addDays(day, distance)];
      for (const near of days) {
        for (const other of byDay.get(near) ?? []) {
          if (one.open === 0) break;
          if (other.open === 0) continue;
          const size = Math.min(Math.abs(one.open), Math.abs(other.open));
          match(one, other, Math.sign(one.open) * size);
        }
      }
    }
  }
}
