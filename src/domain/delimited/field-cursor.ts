import { FieldEnds, TAB, type FieldPair } from './field-ends.ts';
import { storableCode, storableText } from './storable-text.ts';

const SPACE = 32;

/** A field whose bytes are no text in the file's character set. */
export class UndecodableText extends Error {
  readonly field: number;

  constructor(field: number) {
    super(`field ${field} is no text`);
    this.field = field;
  }
}

/** Longer texts are left to the decoder: the others are made of their codes, which is quicker for short ones. */
const SHORT = 64;

/**
 * One line of a tab-separated file, seen in place: bytes and the ends of its fields, no string until one is
 * asked for. The cursor is reused from line to line, so nothing of it may be kept beyond the call that gets it.
 */
export class FieldCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** First byte of the line and the byte after its last, line break excluded. */
  lineStart = 0;
  lineEnd = 0;
  fields = 0;
  /** 1-based line number in the file. */
  number = 0;
  /** False for a last line without a line break. */
  terminated = true;
  readonly #places = new FieldEnds();
  /** Offset in the file of the byte at `bytes[0]`. */
  #base = 0;
  /** Texts that were asked for, with the number of the line. */
  readonly #texts: { text: string; line: number; codes: number[] }[] = [];
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** Points the cursor at the bytes of lines to come, `base` being the offset of their first in the file. */
  at(bytes: Uint8Array, base: number, terminated: boolean): void {
    this.bytes = bytes;
    this.#base = base;
    this.terminated = terminated;
    this.#places.at(bytes);
  }

  /** Points the cursor at the line that begins at `start` and has a line feed. @returns where the next line begins */
  read(start: number): number {
    const places = this.#places;
    this.number += 1;
    const next = places.find(start, this.number);
    this.fields = places.fields;
    this.lineStart = start;
    this.lineEnd = start + places.ends[places.fields - 1]!;
    return next;
  }

  /** Lines mostly differ from the one before in this field at the latest, and are the same after it: a help, no promise. */
  differUpTo(field: number): void {
    this.#places.rest = field + 1;
  }

  /** Lines to come may hold this pair at a field and the next: another help, null for none. */
  expect(field: number, pair: FieldPair | null): void {
    this.#places.expectedAt = field;
    this.#places.expected = pair;
  }

  /** True when the line was seen to hold the expected pair; false also where that was not looked at. */
  isAsExpected(): boolean {
    return this.#places.met;
  }

  /** A copy of a field and the next, blanks included, to expect them again; null when a byte of the line is above 127. */
  pair(field: number): FieldPair | null {
    if (!this.isAscii() || field < 0 || field + 2 >= this.fields) return null;
    const from = this.from(field);
    const bytes = this.bytes.slice(from, this.from(field + 2));
    return { view: new DataView(bytes.buffer), length: bytes.length, split: this.from(field + 1) - 1 - from };
  }

  /** True when the field is the same, byte by byte, as it was in an earlier line and in all lines since. */
  isSameSince(line: number, field: number): boolean {
    return field < this.fields && this.#places.since[field]! <= line;
  }

  /** True when the line before had as many fields, and in those of the mask (a bit for each, modulo 32) the same bytes. */
  isLikeBefore(mask: number): boolean {
    return (this.#places.changed & mask) === 0;
  }

  /** True when no byte of the line is above 127: then every field is text, whatever the character set. */
  isAscii(): boolean {
    return this.#places.ascii;
  }

  /** First byte of a field that is not a blank; equals {@link end} when the field is blank or absent. */
  start(field: number): number {
    if (field < 0 || field >= this.fields) return this.lineEnd;
    let at = this.from(field);
    if (this.bytes[at] !== SPACE) return at;
    const end = this.lineStart + this.#places.ends[field]!;
    while (at < end && this.bytes[at] === SPACE) at += 1;
    return at;
  }

  /** The byte after a field's last that is not a blank. */
  end(field: number): number {
    if (field < 0 || field >= this.fields) return this.lineEnd;
    let at = this.lineStart + this.#places.ends[field]!;
    if (this.bytes[at - 1] !== SPACE) return at;
    const start = this.start(field);
    while (at > start && this.bytes[at - 1] === SPACE) at -= 1;
    return at;
  }

  /** True when the field is blank, or the row too short to have it. */
  isBlank(field: number): boolean {
    if (field < 0 || field >= this.fields) return true;
    const from = this.from(field);
    if (from === this.lineStart + this.#places.ends[field]!) return true;
    return this.bytes[from] === SPACE && this.start(field) === this.end(field);
  }

  /** First byte of a field that the line has, blank or not. */
  from(field: number): number {
    return field === 0 ? this.lineStart : this.lineStart + this.#places.ends[field - 1]! + 1;
  }

  /** The byte after the last of a field that the line has, blank or not. */
  to(field: number): number {
    return this.lineStart + this.#places.ends[field]!;
  }

  isBlankLine(): boolean {
    for (let at = this.lineStart; at < this.lineEnd; at += 1) {
      const byte = this.bytes[at];
      if (byte !== SPACE && byte !== TAB) return false;
    }
    return true;
  }

  /** Trimmed text of a field, `''` when it is blank or absent. @throws UndecodableText */
  text(field: number): string {
    if (field < 0 || field >= this.fields) return '';
    const known = (this.#texts[field] ??= { text: '', line: -1, codes: [] });
    if (!this.isSameSince(known.line, field))
      known.text = this.#decode(field, this.start(field), this.end(field), known.codes);
    known.line = this.number;
    return known.text;
  }

  /** @param codes a list to use again */
  #decode(field: number, start: number, end: number, codes: number[]): string {
    if (start === end) return '';
    if (end - start > SHORT) return this.#decodeWide(field, start, end);
    const { bytes } = this;
    if (codes.length !== end - start) codes.length = end - start;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at]!;
      if (byte > 127) return this.#decodeWide(field, start, end);
      codes[at - start] = storableCode(byte);
    }
    return String.fromCharCode.apply(null, codes);
  }

  #decodeWide(field: number, start: number, end: number): string {
    try {
      return storableText(this.#decoder.decode(this.bytes.subarray(start, end)));
    } catch {
      throw new UndecodableText(field);
    }
  }

  /** True when a field holds exactly these bytes, which neither begin nor end with a blank. */
  equals(field: number, other: Uint8Array): boolean {
    if (field < 0 || field >= this.fields) return other.length === 0;
    const { bytes } = this;
    let from = this.from(field);
    let length = this.lineStart + this.#places.ends[field]! - from;
    if (length > other.length) {
      from = this.start(field);
      length = this.end(field) - from;
    }
    if (length !== other.length) return false;
    for (let index = length - 1; index >= 0; index -= 1) if (bytes[from + index] !== other[index]) return false;
    return true;
  }

  /** Bytes of a field as a number that equal fields share, mixed with that of the fields before it. */
  hash(field: number, before: number): number {
    const end = this.end(field);
    const { bytes } = this;
    let hash = before;
    let at = this.start(field);
    for (; at + 3 < end; at += 4) {
      const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      hash = Math.imul(hash ^ four, 0x01000193) ^ (hash >>> 15);
    }
    for (; at < end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    return Math.imul(hash ^ TAB, 0x01000193);
  }

  /** A copy of a field's bytes. */
  copy(field: number): Uint8Array {
    return new Uint8Array(this.bytes.subarray(this.start(field), this.end(field)));
  }

  /** Offset of a field in the file. */
  offsetOf(field: number): number {
    return this.#base + this.start(field);
  }
}
