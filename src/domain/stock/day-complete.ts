/**
 * Whether a day of a pool is complete: its summary was read, and for each FNSKU, SKU, country and disposition its rows but
 * `WhseTransfers` come to the change of ending balance and units between centres. Rows are posted once their day is
 * complete, at the latest when `grace` has passed (stock.md, *Posted*).
 */
import { addDays, type Day } from '../money/instant.ts';
import type { Balances } from './balances.ts';
import type { DaySum, KeptRow } from './kept-stock.ts';
import type { Pool } from './pools.ts';
import { balanceKey, countryOf } from './row-identity.ts';
import type { LedgerRow } from './stock-facts.ts';

export const TRANSFERS_BETWEEN_CENTRES = 'WhseTransfers';

/** What rows count in the summary: all but what moves between centres, which only the balances show. */
export function countedUnits({ eventType, quantity }: LedgerRow): number {
  return eventType === TRANSFERS_BETWEEN_CENTRES ? 0 : quantity;
}

/**
 * Days of these rows that are complete, as `{pool} {day}`; rows of ours, and those that were taken back, are none of the
 * report's. Days on which none of the rows lies are not looked at: nobody asks for them.
 * @param settled sums of rows that are settled, of the days that `rows` have
 */
export function completeDays(
  rows: readonly KeptRow[],
  {
    pools,
    balances,
    summarised,
    settled,
  }: { pools: readonly Pool[]; balances: Balances; summarised: SummarisedDays; settled: readonly DaySum[] },
): ReadonlySet<string> {
  const isAsked = (day: Day) => pools.some(({ name }) => summarised.get(name)?.has(day));
  const sums = new Map<Day, Map<string, number>>();
  const sumsOf = (day: Day) => {
    const known = sums.get(day);
    if (known !== undefined) return known;
    const ofDay = new Map<string, number>();
    sums.set(day, ofDay);
    return ofDay;
  };
  const count = (ofDay: Map<string, number>, key: string, units: number) =>
    ofDay.set(key, (ofDay.get(key) ?? 0) + units);
  for (const row of rows) {
    const ofDay = sumsOf(row.day);
    if (row.origin === 'ledger' && row.takenBack === null && isAsked(row.day))
      count(ofDay, balanceKey(row), countedUnits(row));
  }
  for (const { day, key, units } of settled) {
    const ofDay = sums.get(day);
    if (ofDay !== undefined) count(ofDay, key, units);
  }
  const complete = new Set<string>();
  for (const pool of pools) {
    for (const [day, ofDay] of sums) {
      if (!summarised.get(pool.name)?.has(day)) continue;
      const isOwn = (key: string) => pool.countries.includes(countryOf(key));
      const agrees = (key: string) => !isOwn(key) || (ofDay.get(key) ?? 0) === balances.changeOn(key, day);
      if ([...ofDay.keys()].every(agrees) && balances.keysOn(day).every((key) => ofDay.has(key) || agrees(key)))
        complete.add(`${pool.name} ${day}`);
    }
  }
  return complete;
}

export type SummarisedDays = ReadonlyMap<string, ReadonlySet<Day>>;

/** Whether so many whole days have passed after the end of a day. */
export function hasPassed(day: Day, days: number, today: Day): boolean {
  return today > addDays(day, days);
}
