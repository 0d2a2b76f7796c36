/** What the rows of each day of a ledger report hash to, whatever their order: an unchanged day is not looked at again. */
import type { LedgerRow } from './stock-facts.ts';

export interface DayDigest {
  /** Of all that a row says, with how many rows say it. */
  digest: string;
  rows: number;
}

/**
 * Sums of the rows' hashes, two of 32 bits each, by day: equal rows count as often as they stand there, and order does not
 * matter. It only spares work: two days that hash alike by chance (one in 2^64) would be one day later in being seen.
 */
export class DayDigests {
  readonly #days = new Map<string, { one: number; two: number; rows: number }>();

  add(row: LedgerRow): void {
    let sum = this.#days.get(row.day);
    if (!sum) {
      sum = { one: 0, two: 0, rows: 0 };
      this.#days.set(row.day, sum);
    }
    const text =
      `${row.fnsku}\t${row.sku}\t${row.eventType}\t${row.reason}\t${row.reference}\t${row.centre}\t${row.country}\t` +
      `${row.disposition}\t${row.quantity}\t${row.title}\t${row.reconciled}\t${row.unreconciled}`;
    // Two multiplicative hashes side by side, mixed at the end (as in MurmurHash3's finaliser).
    let one = 0x9e3779b9;
    let two = 0x85ebca6b;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x9e3779b1);
      two = Math.imul(two ^ code, 0x5bd1e995);
    }
    one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ two;
    two = Math.imul(two ^ (two >>> 13), 0xc2b2ae35) ^ (one >>> 15);
    sum.one = (sum.one + one) >>> 0;
    sum.two = (sum.two + two) >>> 0;
    sum.rows += 1;
  }

  get days(): ReadonlyMap<string, DayDigest> {
    return new Map(
      [...this.#days].map(([day, { one, two, rows }]) => [
        day,
        { digest: `${one.toString(16)}-${two.toString(16)}-${rows}`, rows },
      ]),
    );
  }
}
