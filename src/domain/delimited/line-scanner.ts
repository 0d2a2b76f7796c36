import { FieldCursor } from './field-cursor.ts';
import { LF } from './field-ends.ts';

const BOM = [0xef, 0xbb, 0xbf];
/** No line of a report comes near this; a file without line breaks must not fill the memory. */
const LONGEST_LINE = 1 << 20;

/** The file is no report: a line of it does not end. */
export class EndlessLine extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`Line ${line} has more than a million bytes`);
    this.line = line;
  }
}

/**
 * Cuts chunks of bytes into lines, whatever the places at which the chunks break, and hands each to `onLine`. Line
 * breaks are LF or CR LF; a byte order mark before the first line is dropped. Lines are read where they stand in the
 * chunk; only one that goes on in the next chunk is copied, so chunks may be used again after `push`.
 * @throws EndlessLine
 */
export class LineScanner {
  readonly #cursor: FieldCursor;
  readonly #onLine: (line: FieldCursor) => void;
  /** The begin of a line whose end is to come, how many bytes of it there are, and where in the file it stands. */
  #begun = new Uint8Array(1 << 12);
  #length = 0;
  #begunAt = 0;
  /** Offset in the file of the next chunk. */
  #offset = 0;

  constructor(encoding: string, onLine: (line: FieldCursor) => void) {
    this.#cursor = new FieldCursor(encoding);
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    // One class for all chunks (a Buffer is another), which is what the engine reads fastest.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    const first = this.#length === 0 ? 0 : bytes.indexOf(LF) + 1;
    const last = bytes.lastIndexOf(LF) + 1;
    if (first > 0) this.#finishBegun(bytes.subarray(0, first), true);
    this.#lines(bytes, first, last, this.#offset, true);
    if (this.#length === 0) this.#begunAt = this.#offset + last;
    this.#keep(bytes.subarray(last));
    this.#offset += bytes.length;
    this.#guard();
  }

  /** Hands over a last line without a line break. Call once, after the last chunk. */
  finish(): void {
    if (this.#length > 0) this.#finishBegun(Uint8Array.of(LF), false);
  }

  #finishBegun(rest: Uint8Array, terminated: boolean): void {
    this.#keep(rest);
    this.#lines(this.#begun, 0, this.#length, this.#begunAt, terminated);
    this.#length = 0;
  }

  /** Hands over the lines in `bytes[from, to)`, which are whole. @param offset of `bytes[0]` in the file */
  #lines(bytes: Uint8Array, from: number, to: number, offset: number, terminated: boolean): void {
    const cursor = this.#cursor;
    cursor.at(bytes, offset, terminated);
    let at = cursor.number === 0 && BOM.every((byte, index) => bytes[from + index] === byte) ? from + BOM.length : from;
    while (at < to) {
      at = cursor.read(at);
      this.#onLine(cursor);
    }
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#begun.length) {
      const wider = new Uint8Array(Math.max(length, this.#begun.length * 2));
      wider.set(this.#begun);
      this.#begun = wider;
    }
    this.#begun.set(bytes, this.#length);
    this.#length = length;
  }

  #guard(): void {
    if (this.#length <= LONGEST_LINE) return;
    throw new EndlessLine(this.#cursor.number + 1);
  }
}
