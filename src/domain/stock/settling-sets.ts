/** What settling joins, by number and not by object: a day of a large seller has tens of thousands of each. */
import type { Answer, KeptRow, LineRef } from './kept-stock.ts';
import type { NetSuiteMovement } from './stock-facts.ts';

/** Things that stand or fall together; of each set one is the root, which says how it is. All begin alone, and settled. */
export class Joined {
  readonly #parents: Int32Array;
  readonly #isOpen: Uint8Array;

  constructor(size: number) {
    this.#parents = new Int32Array(size);
    for (let at = 0; at < size; at += 1) this.#parents[at] = at;
    this.#isOpen = new Uint8Array(size);
  }

  /** All that is joined must be, before anything is opened. */
  join(one: number, other: number): void {
    this.#parents[this.#rootOf(one)] = this.#rootOf(other);
  }

  /** Opens all that it is joined with. */
  open(one: number): void {
    this.#isOpen[this.#rootOf(one)] = 1;
  }

  isOpen(one: number): boolean {
    return this.#isOpen[this.#rootOf(one)] === 1;
  }

  #rootOf(one: number): number {
    const parents = this.#parents;
    let root = one;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = one; at !== root;) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  }
}

const NONE: readonly Answer[] = [];

/** Which answers are of which row. */
export class RowAnswers {
  /** The number of the row of each answer; -1 where it was not handed in. */
  readonly rowOf: Int32Array;
  readonly #answers: readonly Answer[];
  /** The first answer of each row and the next one of the same row, by number; -1 for none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(rows: readonly KeptRow[], answers: readonly Answer[]) {
    const numbers = new Map<string, number>();
    for (const [at, { id }] of rows.entries()) numbers.set(id, at);
    this.#answers = answers;
    this.rowOf = new Int32Array(answers.length);
    this.#first = new Int32Array(rows.length).fill(-1);
    this.#next = new Int32Array(answers.length);
    for (let at = answers.length - 1; at >= 0; at -= 1) {
      const row = numbers.get(answers[at]!.row) ?? -1;
      this.rowOf[at] = row;
      if (row < 0) continue;
      this.#next[at] = this.#first[row]!;
      this.#first[row] = at;
    }
  }

  /** Those of a row, in their order. */
  of(row: number): readonly Answer[] {
    const first = this.#first[row]!;
    if (first < 0) return NONE;
    const own = [this.#answers[first]!];
    for (let at = this.#next[first]!; at >= 0; at = this.#next[at]!) own.push(this.#answers[at]!);
    return own;
  }
}

/** NetSuite's lines, found by their document, of which each has few. */
export class Lines {
  /** Units of each that no row stands against. */
  readonly left: Float64Array;
  readonly #movements: readonly NetSuiteMovement[];
  readonly #byDocument = new Map<string, number>();
  /** Another line of the same document; -1 for none. */
  readonly #next: Int32Array;

  constructor(movements: readonly NetSuiteMovement[]) {
    this.#movements = movements;
    this.left = new Float64Array(movements.length);
    this.#next = new Int32Array(movements.length);
    for (const [at, { netsuiteId, units }] of movements.entries()) {
      this.left[at] = units;
      this.#next[at] = this.#byDocument.get(netsuiteId) ?? -1;
      this.#byDocument.set(netsuiteId, at);
    }
  }

  /** The number of a line; -1 where it was not handed in. */
  find({ document, line }: LineRef): number {
    let at = this.#byDocument.get(document) ?? -1;
    while (at >= 0 && this.#movements[at]!.line !== line) at = this.#next[at]!;
    return at;
  }
}
