/** Rows of the ledger that are alike (`row-identity.ts`), by number: nothing is made for any row of a million. */
import type { Day } from '../money/instant.ts';
import { isAlike } from './row-identity.ts';
import type { LedgerRow } from './stock-facts.ts';

const NONE: readonly never[] = [];

/** A kind of alike rows has the number of the first of them. By day and SKU, of which there are few kinds a day. */
export class AlikeRows<Row extends LedgerRow> {
  readonly #rows: readonly Row[];
  /** Numbers of the kinds, in the order in which each first came. */
  readonly kinds: number[] = [];
  /** The last kind that came of each day and SKU. */
  readonly #days = new Map<Day, Map<string, number>>();
  /** Of a kind, the one before it of the same day and SKU; -1 for none. */
  readonly #before: Int32Array;
  /** Of each row, the next that is like it; -1 for none. */
  readonly #next: Int32Array;
  /** Of a kind, the last of its rows. */
  readonly #last: Int32Array;

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
    this.#before = new Int32Array(rows.length);
    this.#next = new Int32Array(rows.length).fill(-1);
    this.#last = new Int32Array(rows.length);
    // Rows of a day mostly stand together.
    let [day, ofDay]: [Day, Map<string, number>] = ['', new Map()];
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at]!;
      if (row.day !== day) [day, ofDay] = [row.day, this.#kindsOf(row.day)];
      const before = ofDay.get(row.sku) ?? -1;
      const kind = this.#among(before, row);
      if (kind < 0) {
        this.#before[at] = before;
        this.#last[at] = at;
        this.kinds.push(at);
        ofDay.set(row.sku, at);
      } else {
        this.#next[this.#last[kind]!] = at;
        this.#last[kind] = at;
      }
    }
  }

  /** The next that is like a row, by number; -1 for none. */
  next(row: number): number {
    return this.#next[row]!;
  }

  /** Those that are like a row, in their order. */
  like(row: LedgerRow): readonly Row[] {
    if (this.#rows.length === 0) return NONE;
    return this.ofKind(this.#among(this.#days.get(row.day)?.get(row.sku) ?? -1, row));
  }

  /** Those of a kind, in their order; none of -1. */
  ofKind(kind: number): readonly Row[] {
    if (kind < 0) return NONE;
    const alike: Row[] = [];
    for (let at = kind; at >= 0; at = this.#next[at]!) alike.push(this.#rows[at]!);
    return alike;
  }

  #kindsOf(day: Day): Map<string, number> {
    let kinds = this.#days.get(day);
    if (kinds === undefined) this.#days.set(day, (kinds = new Map()));
    return kinds;
  }

  #among(last: number, row: LedgerRow): number {
    let kind = last;
    while (kind >= 0 && !isAlike(this.#rows[kind]!, row)) kind = this.#before[kind]!;
    return kind;
  }
}
