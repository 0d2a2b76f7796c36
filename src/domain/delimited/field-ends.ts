import { sameBytes } from './same-bytes.ts';

export const TAB = 9;
export const LF = 10;
const CR = 13;

/** Two fields that stand side by side as some line held them: their bytes, with the tab after each. */
export interface FieldPair {
  view: DataView;
  length: number;
  /** Where the first tab stands. */
  split: number;
}

/**
 * Where the fields of one line end. Neighbouring lines of a report share most of their bytes: the rows of an order
 * differ in their key and amount. So a line is compared with the one before, eight bytes at a time, from its begin and
 * again from `rest`, and in between with what is expected there; only what is left is looked through for tabs. A guess
 * that fails costs time and nothing else. Which fields stayed the same is remembered, so that nobody reads those again.
 */
export class FieldEnds {
  /** Offsets of the fields' ends, from the line's start. */
  readonly ends: number[] = [];
  /** Number of the line from which on each field is the same, byte by byte. */
  readonly since: number[] = [];
  fields = 0;
  /**
   * A bit for each field that may differ from that of the line before, fields 32 apart sharing one; all of them when
   * the number of fields is another or a line is not ASCII.
   */
  changed = -1;
  /** True when no byte of the line is above 127. */
  ascii = true;
  /** The field from which on lines are like the one before once more: the first after the amount. 0 for none. */
  rest = 0;
  /** What may stand in a field and the next, ASCII only, and whether the line holds it. */
  expected: FieldPair | null = null;
  expectedAt = -1;
  met = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the line begins, and its length with its line feed; 0 when there is no line to compare with. */
  #start = 0;
  #length = 0;
  /** The first field that was not the same. */
  #differs = 0;

  /** Lines to come stand in these bytes. */
  at(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#length = 0;
  }

  /**
   * Finds the fields of a line that begins at `start` and has a line feed. A carriage return before that belongs to no
   * field. @param number of the line @returns the offset after its line feed
   */
  find(start: number, number: number): number {
    const bytes = this.#bytes;
    const size = bytes.length;
    const { ends, since } = this;
    const before = this.#start;
    // Nothing is taken over from a line that is not ASCII, so that the bytes looked through tell whether this one is.
    const length = this.ascii ? this.#length : 0;
    const last = this.fields - 1;
    const oldRest = this.rest === 0 || this.rest > last ? length : ends[this.rest - 1]! + 1;
    const same = sameBytes(this.#view, before, this.#view, start, Math.min(length, size - start));
    // The first field that is not the same, mostly that of last time. The last is always looked through, for the line's end.
    let field = Math.max(0, Math.min(this.#differs, last));
    while (field > 0 && ends[field - 1]! >= same) field -= 1;
    while (field < last && ends[field]! < same) field += 1;
    this.#differs = field;
    if (this.expected !== null && field === this.expectedAt + 1) field = this.expectedAt;
    let at = field === 0 ? start : start + ends[field - 1]! + 1;
    let seen = 0;
    let changed = 0;
    this.met = false;
    for (;;) {
      if (field === this.expectedAt && this.#meets(at)) {
        const { length, split } = this.expected!;
        ends[field] = at - start + split;
        at += length;
        ends[field + 1] = at - start - 1;
        since[field] = since[field + 1] = number;
        changed |= (1 << field) | (1 << (field + 1));
        field += 2;
        this.met = true;
      }
      // `ends` still has the rest of the line before, which moves by as much as the bytes before it grew or shrank.
      if (field === this.rest && oldRest < length) {
        const shift = at - start - oldRest;
        const taken =
          oldRest + sameBytes(this.#view, before + oldRest, this.#view, at, Math.min(length - oldRest, size - at));
        if (taken === length) {
          if (shift !== 0) for (; field <= last; field += 1) ends[field]! += shift;
          field = last + 1;
          at = start + length + shift;
          break;
        }
        for (; field < last && ends[field]! < taken; field += 1) ends[field]! += shift;
        at = start + ends[field - 1]! + 1;
      }
      let byte = bytes[at]!;
      while (byte > LF || byte < TAB) {
        seen |= byte;
        at += 1;
        byte = bytes[at]!;
      }
      ends[field] = at - start;
      since[field] = number;
      changed |= 1 << field;
      field += 1;
      at += 1;
      if (byte === TAB) continue;
      if (at > start + 1 && bytes[at - 2] === CR) ends[field - 1]! -= 1;
      break;
    }
    this.ascii = seen < 128;
    this.changed = length === 0 || field !== last + 1 || !this.ascii ? -1 : changed;
    this.fields = field;
    this.#start = start;
    this.#length = at - start;
    return at;
  }

  #meets(at: number): boolean {
    if (this.expected === null) return false;
    const { view, length } = this.expected;
    return at + length <= this.#bytes.length && sameBytes(view, 0, this.#view, at, length) === length;
  }
}
