/**
 * Whether a day of a pool is complete: its summary was read, and for each FNSKU, SKU, country and disposition its rows but
 * `WhseTransfers` come to the change of ending balance and units between centres. Rows are posted once their day is
 * complete, at the latest when `grace` has passed (stock.md, *Posted*).
 */
import { addDays, type Day } from '../money/instant.ts';
import type { Balances } from './balances.ts';
import type { DaySum, KeptRow } from './kept-stock.ts';
import { poolOf, type Pool } from './pools.ts';
import { balanceKey, countryOf } from './row-identity.ts';
import type { LedgerRow } from './stock-facts.ts';

export const TRANSFERS_BETWEEN_CENTRES = 'WhseTransfers';

/** What rows count in the summary: all but what moves between centres, which only the balances show. */
export function countedUnits({ eventType, quantity }: LedgerRow): number {
  return eventType === TRANSFERS_BETWEEN_CENTRES ? 0 : quantity;
}

/**
 * Days that are complete, as `{pool} {day}`; rows of ours, and those that were taken back, are none of the report's.
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
  const sums = new Map<Day, Map<string, number>>();
  const count = (day: Day, key: string, units: number) => {
    const ofDay = sums.get(day) ?? new Map<string, number>();
    sums.set(day, ofDay);
    ofDay.set(key, (ofDay.get(key) ?? 0) + units);
  };
  for (const { day, key, units } of settled) count(day, key, units);
  for (const row of rows)
    if (row.origin === 'ledger' && row.takenBack === null) count(row.day, balanceKey(row), countedUnits(row));
  const complete = new Set<string>();
  for (const pool of pools) {
    for (const day of summarised.get(pool.name) ?? []) {
      const ofDay = sums.get(day) ?? new Map<string, number>();
      const keys = new Set([...ofDay.keys(), ...balances.keysOn(day)]);
      const own = [...keys].filter((key) => poolOf([pool], countryOf(key)) !== undefined);
      if (own.every((key) => (ofDay.get(key) ?? 0) === balances.changeOn(key, day)))
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
