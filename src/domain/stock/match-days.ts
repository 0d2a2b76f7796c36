/** Which of two sides belong together where nothing but the day says so: equal days first, then the nearest, the earlier first. */
import { addDays, type Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';

/** Days that a fulfilment and its row may lie apart. */
export const NEAR_DAYS = 3;

/** Days so near to a day that a fulfilment of one of them may answer a row of it. */
export const nearDays = (day: Day): Day[] =>
  [...Array(2 * NEAR_DAYS + 1).keys()].map((index) => addDays(day, index - NEAR_DAYS));

/** Whether a fulfilment of a day is too far from a row of another one to answer it. */
export const isApart = (row: Day, fulfilment: Day): boolean =>
  row !== fulfilment && !nearDays(fulfilment).includes(row);

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
  if (others.length === 0) return;
  const byDay = others.length > FEW ? grouped(others, dayOf.other) : null;
  for (let distance = from; distance <= to; distance += 1) {
    for (const one of ones) {
      if (one.open === 0) continue;
      const day = dayOf.one(one);
      for (let side = distance === 0 ? 1 : -1; side <= 1; side += 2) {
        const near = distance === 0 ? day : addDays(day, side * distance);
        for (const other of byDay === null ? others : (byDay.get(near) ?? [])) {
          if (one.open === 0) break;
          if (other.open === 0 || (byDay === null && dayOf.other(other) !== near)) continue;
          const size = Math.min(Math.abs(one.open), Math.abs(other.open));
          match(one, other, Math.sign(one.open) * size);
        }
      }
    }
  }
}

/** So few are looked through faster than they are put into a map; most items have no more. */
const FEW = 8;
