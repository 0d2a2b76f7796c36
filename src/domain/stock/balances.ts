/** The ledger's summary: what Amazon holds at the end of a day, in its own units. A SKU without a row keeps its last. */
import type { Day } from '../money/instant.ts';
import { BalanceSubjects } from './balance-subjects.ts';
import { poolOf, placeOf, type LedgerPlace, type Pool } from './pools.ts';
import type { LedgerBalance } from './stock-facts.ts';

export interface SkuBalance {
  pool: string;
  sku: string;
  place: LedgerPlace;
  units: number;
}

/** By number and not by object: some hundred thousand are looked at in each run. */
export class Balances {
  readonly subjects = new BalanceSubjects();
  /** Of each balance, in no order. */
  #subjects = new Int32Array(1 << 6);
  #days = new Int32Array(1 << 6);
  /** Units between centres are outside the ending balance, and still Amazon's to give back. */
  #units = new Float64Array(1 << 6);
  #length = 0;

  constructor(balances: Iterable<LedgerBalance>) {
    for (const balance of balances) this.add(balance);
  }

  add(balance: LedgerBalance): void {
    const at = this.#length;
    if (at === this.#days.length) this.#widen();
    this.#subjects[at] = this.subjects.numberOf(balance);
    this.#days[at] = dayNumber(balance.day);
    this.#units[at] = balance.ending + balance.inTransit;
    this.#length += 1;
  }

  /** What there was at the end of a day, and of the last day before it that has any. */
  around(day: Day): BalancesAround {
    const end = dayNumber(day);
    const size = this.subjects.all.length;
    const at = new Float64Array(size).fill(NaN);
    const before = new Float64Array(size);
    const beforeDays = new Int32Array(size);
    for (let balance = 0; balance < this.#length; balance += 1) {
      const subject = this.#subjects[balance]!;
      const of = this.#days[balance]!;
      if (of === end) at[subject] = this.#units[balance]!;
      else if (of < end && of >= beforeDays[subject]!) {
        beforeDays[subject] = of;
        before[subject] = this.#units[balance]!;
      }
    }
    return { at, before, beforeDays };
  }

  /** Units of each SKU at each place of the pools, at the end of a day; countries of no pool are left out. */
  bySku(pools: readonly Pool[], day: Day): SkuBalance[] {
    const { at, before, beforeDays } = this.around(day);
    const units = new Map<string, SkuBalance>();
    for (const [number, { sku, country, disposition }] of this.subjects.all.entries()) {
      const isToday = !Number.isNaN(at[number]!);
      const pool = isToday || beforeDays[number]! > 0 ? poolOf(pools, country) : undefined;
      if (!pool) continue;
      const held = isToday ? at[number]! : before[number]!;
      const place = placeOf(disposition);
      const key = [pool.name, sku, place].join('|');
      const sum = units.get(key);
      if (sum) sum.units += held;
      else units.set(key, { pool: pool.name, sku, place, units: held });
    }
    return [...units.values()];
  }

  #widen(): void {
    const [subjects, days, units] = [this.#subjects, this.#days, this.#units];
    this.#subjects = new Int32Array(subjects.length * 2);
    this.#days = new Int32Array(days.length * 2);
    this.#units = new Float64Array(units.length * 2);
    this.#subjects.set(subjects);
    this.#days.set(days);
    this.#units.set(units);
  }
}

/** By the numbers of what balances are about. */
export interface BalancesAround {
  /** NaN: there is no balance of the day, so nothing has changed. */
  at: Float64Array;
  /** Before the first balance there was nothing. */
  before: Float64Array;
  /** 0: there was none. */
  beforeDays: Int32Array;
}

const ZERO = 48;

/** `2026-10-28` as 20261028. */
function dayNumber(day: Day): number {
  let number = 0;
  for (let at = 0; at < day.length; at += 1) {
    const digit = day.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) number = number * 10 + digit;
  }
  return number;
}
