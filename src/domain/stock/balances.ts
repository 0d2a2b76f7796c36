/** The ledger's summary: what Amazon holds at the end of a day, in its own units. A SKU without a row keeps its last. */
import type { Day } from '../money/instant.ts';
import { poolOf, placeOf, type LedgerPlace, type Pool } from './pools.ts';
import { balanceKey } from './row-identity.ts';
import type { LedgerBalance } from './stock-facts.ts';

/** Units between centres are outside the ending balance, and still Amazon's to give back. */
export const heldBy = ({ ending, inTransit }: LedgerBalance): number => ending + inTransit;

export interface SkuBalance {
  pool: string;
  sku: string;
  place: LedgerPlace;
  units: number;
}

export class Balances {
  /** In no order. */
  readonly all: readonly LedgerBalance[];

  constructor(balances: readonly LedgerBalance[]) {
    this.all = balances;
  }

  /** Units of each SKU at each place of the pools, at the end of a day; countries of no pool are left out. */
  bySku(pools: readonly Pool[], day: Day): SkuBalance[] {
    const last = new Map<string, LedgerBalance>();
    for (const balance of this.all) {
      if (balance.day > day) continue;
      const key = balanceKey(balance);
      const known = last.get(key);
      if (known === undefined || known.day <= balance.day) last.set(key, balance);
    }
    const units = new Map<string, SkuBalance>();
    for (const balance of last.values()) {
      const pool = poolOf(pools, balance.country);
      if (!pool) continue;
      const place = placeOf(balance.disposition);
      const key = [pool.name, balance.sku, place].join('|');
      const sum = units.get(key);
      if (sum) sum.units += heldBy(balance);
      else units.set(key, { pool: pool.name, sku: balance.sku, place, units: heldBy(balance) });
    }
    return [...units.values()];
  }
}
