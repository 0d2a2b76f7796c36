/**
 * Whether a day of a pool is complete: its summary was read, and for each FNSKU, SKU, country and disposition its rows but
 * `WhseTransfers` come to the change of ending balance and units between centres. Rows are posted once their day is
 * complete, at the latest when `grace` has passed (stock.md, *Posted*).
 */
import { addDays, type Day } from '../money/instant.ts';
import type { Balances } from './balances.ts';
import { DaySums } from './day-sums.ts';
import type { DaySum, KeptRow } from './kept-stock.ts';
import type { Pool } from './pools.ts';
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
  const sums = new Map<Day, DaySums>();
  for (const row of rows) {
    let ofDay = sums.get(row.day);
    if (ofDay === undefined) {
      if (!pools.some(({ name }) => summarised.get(name)?.has(row.day))) continue;
      sums.set(row.day, (ofDay = new DaySums(row.day, balances)));
    }
    if (row.origin === 'ledger' && row.takenBack === null) ofDay.count(row, countedUnits(row));
  }
  for (const sum of settled) sums.get(sum.day)?.count(sum, sum.units);
  const complete = new Set<string>();
  for (const [day, ofDay] of sums) {
    for (const { name, countries } of pools)
      if (summarised.get(name)?.has(day) && ofDay.agreesIn(countries)) complete.add(`${name} ${day}`);
  }
  return complete;
}

export type SummarisedDays = ReadonlyMap<string, ReadonlySet<Day>>;

/** Whether so many whole days have passed after the end of a day. */
export function hasPassed(day: Day, days: number, today: Day): boolean {
  return today > addDays(day, days);
}
