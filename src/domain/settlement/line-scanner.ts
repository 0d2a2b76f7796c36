import { FieldCursor } from './field-cursor.ts';
import { ReportError } from './report-error.ts';

const LF = 10;
const CR = 13;
const BOM = [0xef, 0xbb, 0xbf];
/** No line of a settlement report comes near this; a file without line breaks must not fill the memory. */
const LONGEST_LINE = 1 << 20;

/**
 * Cuts chunks of bytes into lines, whatever the places at which the chunks break, and hands each that is not
 * blank to `onLine`. Line breaks are LF or CR LF; a byte order mark before the first line is dropped.
 */
export class LineScanner {
  readonly #cursor: FieldCursor;
  readonly #onLine: (line: FieldCursor) => void;
  /** Begin of a line whose end is in a chunk to come. */
  #rest: Uint8Array = new Uint8Array(0);
  /** Offset in the file of the first byte of what is still to be cut. */
  #offset = 0;
  #number = 0;

  constructor(encoding: string, onLine: (line: FieldCursor) => void) {
    this.#cursor = new FieldCursor(encoding);
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.#rest.length > 0) {
      const lf = chunk.indexOf(LF);
      this.#rest = joined(this.#rest, lf < 0 ? chunk : chunk.subarray(0, lf + 1));
      if (lf < 0) return this.#guard();
      const line = this.#rest;
      this.#rest = new Uint8Array(0);
      this.#line(line, 0, line.length - 1, true, this.#offset);
      this.#offset += line.length;
      from = lf + 1;
    }
    const base = this.#offset - from;
    for (let lf = chunk.indexOf(LF, from); lf >= 0; lf = chunk.indexOf(LF, from)) {
      this.#line(chunk, from, lf, true, base);
      from = lf + 1;
    }
    this.#offset = base + from;
    // A copy: the caller may use its buffer again (and `slice` of a Node buffer would be a view).
    this.#rest = new Uint8Array(chunk.subarray(from));
    this.#guard();
  }

  /** Hands over a last line without a line break. Call once, after the last chunk. */
  finish(): void {
    if (this.#rest.length > 0) this.#line(this.#rest, 0, this.#rest.length, false, this.#offset);
  }

  #guard(): void {
    if (this.#rest.length <= LONGEST_LINE) return;
    throw new ReportError({
      code: 'report-not-settlement', what: `Line ${this.#number + 1} has more than a million bytes: this is no settlement report.`,
      line: this.#number + 1, remedy: 'give the flat file of the settlement report, packed with gzip or plain',
    });
  }

  #line(bytes: Uint8Array, start: number, lf: number, terminated: boolean, base: number): void {
    this.#number += 1;
    const end = lf > start && bytes[lf - 1] === CR ? lf - 1 : lf;
    const bom = this.#number === 1 && BOM.every((byte, index) => bytes[start + index] === byte);
    const cursor = this.#cursor;
    cursor.set(bytes, bom ? start + BOM.length : start, end);
    if (cursor.isBlankLine()) return;
    cursor.number = this.#number;
    cursor.base = base;
    cursor.terminated = terminated;
    this.#onLine(cursor);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
