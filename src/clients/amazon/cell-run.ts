import type { FieldCursor } from '../../domain/delimited/field-cursor.ts';
import { Spellings } from '../../domain/delimited/spellings.ts';

/**
 * Cells that stand side by side and say the same together, as a report tells of one SKU its FNSKU, ASIN and title in every row
 * again. They are looked for as one run of bytes, in one place of the memory in place of one for each cell.
 */
export class CellRun {
  readonly #first: number;
  readonly #length: number;
  /** The number of the text of one cell. */
  readonly #numberIn: (line: FieldCursor, field: number) => number;
  readonly #spellings = new Spellings();
  /** Of each run, the numbers of the texts of its cells. */
  #numbers: number[] = [];
  /** The last line that was asked for, and where the numbers of its run begin. */
  #line = -1;
  #at = 0;

  /** @param first field of so many */
  constructor(first: number, length: number, numberIn: (line: FieldCursor, field: number) => number) {
    [this.#first, this.#length, this.#numberIn] = [first, length, numberIn];
  }

  has(field: number): boolean {
    return field >= this.#first && field < this.#first + this.#length;
  }

  /** The number of the text of one of its cells, in a line whose cells tabs alone part. */
  number(line: FieldCursor, field: number): number {
    if (line.number !== this.#line) this.#find(line);
    return this.#numbers[this.#at + field - this.#first]!;
  }

  get isFull(): boolean {
    return this.#spellings.isFull;
  }

  forget(): void {
    this.#spellings.forget();
    this.#numbers = [];
    this.#line = -1;
  }

  #find(line: FieldCursor): void {
    const end = this.#first + this.#length;
    const run = this.#spellings.numberOf(line.bytes, line.from(this.#first), line.to(end - 1));
    this.#at = run * this.#length;
    if (this.#at === this.#numbers.length)
      for (let field = this.#first; field < end; field += 1) this.#numbers.push(this.#numberIn(line, field));
    this.#line = line.number;
  }
}
