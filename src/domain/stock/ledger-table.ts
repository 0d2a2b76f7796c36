/**
 * Rows of the ledger by number: in place of each text the number that it has in a list of texts. A month has a million rows and
 * a few hundred thousand texts, so rows are told apart, counted and copied as numbers, and no object is made of one before
 * somebody asks for it.
 */
import type { LedgerRow } from './stock-facts.ts';

/** Where each field of a row stands; those before `asin` make it itself (`row-identity.ts`). */
export const FIELD = {
  day: 0,
  fnsku: 1,
  sku: 2,
  eventType: 3,
  reason: 4,
  reference: 5,
  centre: 6,
  country: 7,
  disposition: 8,
  quantity: 9,
  asin: 10,
  title: 11,
  reconciled: 12,
  unreconciled: 13,
} as const satisfies Record<keyof LedgerRow, number>;
export const IDENTIFYING: number = FIELD.asin;
export const WIDTH = 14;
/** The report has no such number. */
export const NO_NUMBER = -(2 ** 31);

type NumberField = 'quantity' | 'reconciled' | 'unreconciled';
type TextField = Exclude<keyof LedgerRow, NumberField>;
const isText = (field: keyof LedgerRow): field is TextField =>
  field !== 'quantity' && field !== 'reconciled' && field !== 'unreconciled';
const TEXT_FIELDS = (Object.keys(FIELD) as (keyof LedgerRow)[]).filter(isText);

export class LedgerTable {
  /** By number. Those of a reader are added to by it alone. */
  texts: readonly string[] = [];
  /** One row after the other. */
  cells: Int32Array;
  length = 0;
  /** The numbers of texts that are this table's own; null: they are a reader's. */
  #numbers: Map<string, number> | null = null;

  /** @param rows for so many there is room at first */
  constructor(rows = 0) {
    this.cells = new Int32Array(WIDTH * (rows + FEW));
  }

  static of(rows: Iterable<LedgerRow>): LedgerTable {
    const table = new LedgerTable();
    for (const row of rows) table.add(row);
    return table;
  }

  *[Symbol.iterator](): Generator<LedgerRow> {
    for (let at = 0; at < this.length; at += 1) yield this.row(at);
  }

  text(at: number, field: TextField): string {
    return this.texts[this.cells[at * WIDTH + FIELD[field]]!]!;
  }

  value(at: number, field: keyof LedgerRow): string | number | null {
    return isText(field) ? this.text(at, field) : numberOrNull(this.cells[at * WIDTH + FIELD[field]]!);
  }

  row(at: number): LedgerRow {
    const { texts, cells } = this;
    const of = at * WIDTH;
    return {
      day: texts[cells[of + FIELD.day]!]!,
      fnsku: texts[cells[of + FIELD.fnsku]!]!,
      sku: texts[cells[of + FIELD.sku]!]!,
      asin: texts[cells[of + FIELD.asin]!]!,
      title: texts[cells[of + FIELD.title]!]!,
      eventType: texts[cells[of + FIELD.eventType]!]!,
      reason: texts[cells[of + FIELD.reason]!]!,
      reference: texts[cells[of + FIELD.reference]!]!,
      quantity: cells[of + FIELD.quantity]!,
      centre: texts[cells[of + FIELD.centre]!]!,
      country: texts[cells[of + FIELD.country]!]!,
      disposition: texts[cells[of + FIELD.disposition]!]!,
      reconciled: numberOrNull(cells[of + FIELD.reconciled]!),
      unreconciled: numberOrNull(cells[of + FIELD.unreconciled]!),
    };
  }

  /** Room for one more row. @returns where its cells begin */
  grow(): number {
    const of = this.length * WIDTH;
    if (of === this.cells.length) {
      const wider = new Int32Array(of * 2);
      wider.set(this.cells);
      this.cells = wider;
    }
    this.length += 1;
    return of;
  }

  add(row: LedgerRow): void {
    const numbers = this.#own();
    const of = this.grow();
    const { cells } = this;
    for (const field of TEXT_FIELDS) cells[of + FIELD[field]] = this.#numberIn(numbers, row[field]);
    cells[of + FIELD.quantity] = row.quantity;
    cells[of + FIELD.reconciled] = row.reconciled ?? NO_NUMBER;
    cells[of + FIELD.unreconciled] = row.unreconciled ?? NO_NUMBER;
  }

  /** Adds a row of another table; both share their texts where this one has none yet. */
  take(other: LedgerTable, at: number): void {
    if (this.length === 0) [this.texts, this.#numbers] = [other.texts, null];
    if (this.texts !== other.texts) return this.add(other.row(at));
    const from = at * WIDTH;
    const of = this.grow();
    const [cells, taken] = [this.cells, other.cells];
    for (let field = 0; field < WIDTH; field += 1) cells[of + field] = taken[from + field]!;
  }

  /** Adds all rows of another table; each of its texts is looked for once. */
  takeAll(other: LedgerTable): void {
    const numbers = this.#own();
    const known = new Int32Array(other.texts.length).fill(-1);
    for (let at = 0; at < other.length; at += 1) {
      const from = at * WIDTH;
      const of = this.grow();
      for (let field = 0; field < WIDTH; field += 1) this.cells[of + field] = other.cells[from + field]!;
      for (const field of TEXT_FIELDS) {
        const number = other.cells[from + FIELD[field]]!;
        if (known[number]! < 0) known[number] = this.#numberIn(numbers, other.texts[number]!);
        this.cells[of + FIELD[field]] = known[number]!;
      }
    }
  }

  #numberIn(numbers: Map<string, number>, text: string): number {
    let number = numbers.get(text);
    if (number === undefined) numbers.set(text, (number = (this.texts as string[]).push(text) - 1));
    return number;
  }

  /** Texts of its own, since other ones are to be added than the reader will. */
  #own(): Map<string, number> {
    if (this.#numbers !== null) return this.#numbers;
    this.texts = [...this.texts];
    this.#numbers = new Map(this.texts.map((text, number) => [text, number]));
    return this.#numbers;
  }
}

/** Rows beyond those that were foreseen. */
const FEW = 64;

const numberOrNull = (number: number): number | null => (number === NO_NUMBER ? null : number);
