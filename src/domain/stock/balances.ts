/** The ledger's summary: what Amazon holds at the end of a day, in its own units. A SKU without a row keeps its last. */
import type { Day } from '../money/instant.ts';
import { poolOf, placeOf, type LedgerPlace, type Pool } from './pools.ts';
import { balanceKey } from './row-identity.ts';
import type { LedgerBalance } from './stock-facts.ts';

/** Units between centres are outside the ending balance, and still Amazon's to give back. */
const heldBy = ({ ending, inTransit }: LedgerBalance): number => ending + inTransit;

export interface SkuBalance {
  pool: string;
  sku: string;
  place: LedgerPlace;
  units: number;
}

export class Balances {
  readonly #all: readonly LedgerBalance[];
  /** By key, in the order of their days; made when first asked for, since most runs need none of it. */
  #byKey: Map<string, LedgerBalance[]> | null = null;
  #keysByDay: Map<Day, string[]> | null = null;

  constructor(balances: readonly LedgerBalance[]) {
    this.#all = balances;
  }

  /** What the rows of a day must come to: of Ending + In Transit the change from the last row before it; 0 before the first. */
  changeOn(key: string, day: Day): number {
    const known = this.#known().get(key) ?? [];
    let [before, at] = [0, 0];
    for (const balance of known) {
      if (balance.day > day) break;
      at = heldBy(balance);
      if (balance.day < day) before = at;
    }
    return at - before;
  }

  /** Keys that have a row on a day. */
  keysOn(day: Day): readonly string[] {
    this.#known();
    return this.#keysByDay!.get(day) ?? [];
  }

  /** Units of each SKU at each place of the pools, at the end of a day; countries of no pool are left out. */
  bySku(pools: readonly Pool[], day: Day): SkuBalance[] {
    const units = new Map<string, SkuBalance>();
    for (const known of this.#known().values()) {
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

  #known(): ReadonlyMap<string, readonly LedgerBalance[]> {
    if (this.#byKey !== null) return this.#byKey;
    const byKey = new Map<string, LedgerBalance[]>();
    const keysByDay = new Map<Day, string[]>();
    for (const balance of this.#all) {
      const key = balanceKey(balance);
      const known = byKey.get(key);
      if (known) known.push(balance);
      else byKey.set(key, [balance]);
      const keys = keysByDay.get(balance.day);
      if (keys) keys.push(key);
      else keysByDay.set(balance.day, [key]);
    }
    for (const known of byKey.values())
      if (known.length > 1) known.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    [this.#byKey, this.#keysByDay] = [byKey, keysByDay];
    return byKey;
  }
}
