/** Rows of the ledger that are alike (`row-identity.ts`), without a text for each of a million rows. */
import type { Day } from '../money/instant.ts';
import { isAlike } from './row-identity.ts';
import type { LedgerRow } from './stock-facts.ts';

/** Rows that are alike, in their order. */
export interface Alike<Row extends LedgerRow> {
  readonly rows: Row[];
  /** Others of the same day and SKU. */
  readonly next: Alike<Row> | undefined;
}

/** By day and SKU, of which there are few kinds a day. */
export class AlikeRows<Row extends LedgerRow> {
  /** In the order in which each first came. */
  readonly all: Alike<Row>[] = [];
  readonly #days = new Map<Day, Map<string, Alike<Row>>>();

  constructor(rows: readonly Row[]) {
    for (const row of rows) {
      let ofDay = this.#days.get(row.day);
      if (ofDay === undefined) this.#days.set(row.day, (ofDay = new Map()));
      const next = ofDay.get(row.sku);
      const known = among(next, row);
      if (known !== undefined) known.rows.push(row);
      else {
        const alike = { rows: [row], next };
        ofDay.set(row.sku, alike);
        this.all.push(alike);
      }
    }
  }

  /** Those that are like a row. */
  like(row: LedgerRow): readonly Row[] {
    return among(this.#days.get(row.day)?.get(row.sku), row)?.rows ?? [];
  }
}

function among<Row extends LedgerRow>(first: Alike<Row> | undefined, row: LedgerRow): Alike<Row> | undefined {
  let alike = first;
  while (alike !== undefined && !isAlike(alike.rows[0]!, row)) alike = alike.next;
  return alike;
}
