/** Rows of the ledger that are alike (`row-identity.ts`), by number: nothing is made for any row of a million. */
import { IDENTIFYING, WIDTH, type LedgerTable } from './ledger-table.ts';

/** A kind of alike rows has the number of the first of them. */
export class AlikeRows {
  readonly #cells: Int32Array;
  /** Of a power of two of slots: 1 + the kind, by the hash of its fields; the next free one where that is taken. */
  readonly #slots: Int32Array;
  /** The kind of each row. */
  readonly #kinds: Int32Array;
  /** Of each row, the next that is like it; -1 for none. */
  readonly #next: Int32Array;

  constructor(rows: LedgerTable) {
    this.#cells = rows.cells;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(rows.length * 2 + 1)));
    this.#kinds = new Int32Array(rows.length);
    this.#next = new Int32Array(rows.length).fill(-1);
    /** Of a kind, the last of its rows. */
    const last = new Int32Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) {
      const kind = this.#kindOf(at);
      this.#kinds[at] = kind;
      if (kind !== at) this.#next[last[kind]!] = at;
      last[kind] = at;
    }
  }

  kind(row: number): number {
    return this.#kinds[row]!;
  }

  /** The next that is like a row; -1 for none. */
  next(row: number): number {
    return this.#next[row]!;
  }

  /** That of a row which is not among the others yet: its own number where none is like it. */
  #kindOf(row: number): number {
    const slots = this.#slots;
    let slot = this.#hashOf(row) & (slots.length - 1);
    for (let kind = slots[slot]! - 1; kind >= 0; kind = slots[slot]! - 1) {
      if (this.#isAlike(kind, row)) return kind;
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = row + 1;
    return row;
  }

  #hashOf(row: number): number {
    const cells = this.#cells;
    const end = row * WIDTH + IDENTIFYING;
    let hash = 0x9e3779b9;
    for (let at = row * WIDTH; at < end; at += 1) hash = Math.imul(hash ^ cells[at]!, 0x85ebca6b) ^ (hash >>> 15);
    return hash ^ (hash >>> 13);
  }

  #isAlike(one: number, other: number): boolean {
    const cells = this.#cells;
    const [from, to] = [one * WIDTH, other * WIDTH];
    for (let field = IDENTIFYING - 1; field >= 0; field -= 1)
      if (cells[from + field] !== cells[to + field]) return false;
    return true;
  }
}
