/** Rows that a report told for the first time, and those of ours that take others back, as they are to be kept. */
import type { Instant } from '../money/instant.ts';
import type { KeptRow } from './kept-stock.ts';
import type { LedgerTable } from './ledger-table.ts';

export class FreshRows {
  readonly seen: Instant;
  /** Those that are new, by their numbers in the report. */
  readonly table: LedgerTable;
  readonly numbers: number[] = [];
  readonly ids: string[] = [];
  readonly pools: (string | null)[] = [];
  /** Opposites of rows that the report has no longer. */
  readonly opposites: readonly KeptRow[];

  constructor(table: LedgerTable, seen: Instant, opposites: readonly KeptRow[]) {
    [this.table, this.seen, this.opposites] = [table, seen, opposites];
  }

  get length(): number {
    return this.numbers.length + this.opposites.length;
  }

  add(number: number, id: string, pool: string | null): void {
    this.numbers.push(number);
    this.ids.push(id);
    this.pools.push(pool);
  }

  *[Symbol.iterator](): Generator<KeptRow> {
    for (let at = 0; at < this.numbers.length; at += 1) yield this.#kept(at);
    yield* this.opposites;
  }

  /** Every field by name: rows are many, and spreading them makes slow objects. */
  #kept(at: number): KeptRow {
    const row = this.table.row(this.numbers[at]!);
    return {
      day: row.day,
      fnsku: row.fnsku,
      sku: row.sku,
      asin: row.asin,
      title: row.title,
      eventType: row.eventType,
      reason: row.reason,
      reference: row.reference,
      quantity: row.quantity,
      centre: row.centre,
      country: row.country,
      disposition: row.disposition,
      reconciled: row.reconciled,
      unreconciled: row.unreconciled,
      id: this.ids[at]!,
      pool: this.pools[at]!,
      origin: 'ledger',
      seen: this.seen,
      takenBack: null,
      opposes: null,
      own: null,
    };
  }
}
