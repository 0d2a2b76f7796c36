/** The ledger's summary: what Amazon holds at the end of a day, in its own units. A SKU without a row keeps its last. */
import type { Day } from '../money/instant.ts';
import { poolOf, placeOf, type LedgerPlace, type Pool } from './pools.ts';
import { balanceKey } from './row-identity.ts';
import type { LedgerBalance } from './stock-facts.ts';

/** Units between centres are outside the ending balance, and still Amazon's to give back. */
const heldBy = ({ ending, inTransit }: LedgerBalance): number => ending + inTransit;

export class Balances {
  /** By key, in the order of their days. */
  readonly #byKey = new Map<string, LedgerBalance[]>();

  constructor(balances: readonly LedgerBalance[]) {
    for (const balance of balances) {
      const key = balanceKey(balance);
      const known = this.#byKey.get(key);
      if (known) known.push(balance);
      else this.#byKey.set(key, [balance]);
    }
    for (const known of this.#byKey.values()) known.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  }

  /** What is held at the end of a day: Ending + In Transit of the last row up to it, 0 before the first. */
  at(key: string, day: Day): number {
    const last = this.#byKey.get(key)?.findLast((balance) => balance.day <= day);
    return last === undefined ? 0 : heldBy(last);
  }

  /** What the rows of a day must come to. */
  changeOn(key: string, day: Day): number {
    const before = this.#byKey.get(key)?.findLast((balance) => balance.day < day);
    return this.at(key, day) - (before === undefined ? 0 : heldBy(before));
  }

  /** Keys that have a row on a day. */
  keysOn(day: Day): string[] {
    return [...this.#byKey].filter(([, known]) => known.some((balance) => balance.day === day)).map(([key]) => key);
  }

  /** Units of each SKU at each place of the pools, at the end of a day; countries of no pool are left out. */
  bySku(pools: readonly Pool[], day: Day): { pool: string; sku: string; place: LedgerPlace; units: number }[] {
    const units = new Map<string, { pool: string; sku: string; place: LedgerPlace; units: number }>();
    for (const known of this.#byKey.values()) {
      const last = known.findLast((balance) => balance.day <= day);
      const pool = last && poolOf(pools, last.country);
      if (!last || !pool) continue;
      const place = placeOf(last.disposition);
      const key = [pool.name, last.sku, place].join('|');
      const sum = units.get(key);
      if (sum) sum.units += heldBy(last);
      else units.set(key, { pool: pool.name, sku: last.sku, place, units: heldBy(last) });
    }
    return [...units.values()];
  }
}
