import type { Place } from './pools.ts';
import type { Units } from './stock-plan.ts';

/** Sums by pool, item and place, in the order in which each first came; looked up by item, which has few others. */
export class UnitSums {
  readonly all: Units[] = [];
  readonly #byItem = new Map<string, Units[]>();

  add(pool: string, item: string, place: Place, units: number): void {
    const ofItem = this.#byItem.get(item);
    if (ofItem !== undefined)
      for (const sum of ofItem)
        if (sum.place === place && sum.pool === pool) {
          sum.units += units;
          return;
        }
    const sum = { pool, item, place, units };
    this.all.push(sum);
    if (ofItem === undefined) this.#byItem.set(item, [sum]);
    else ofItem.push(sum);
  }
}

/** What is above zero and what is below, each summed, and both together. */
export interface EitherWay {
  units: number;
  more: number;
  less: number;
}
export function eitherWay(units: readonly number[]): EitherWay {
  const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
  return { units: sum(units), more: sum(units.filter((one) => one > 0)), less: sum(units.filter((one) => one < 0)) };
}

/** By pool, item and place, in the order in which each first came. */
export function summedUnits(units: readonly Units[]): Units[] {
  const sums = new UnitSums();
  for (const { pool, item, place, units: more } of units) sums.add(pool, item, place, more);
  return sums.all;
}
