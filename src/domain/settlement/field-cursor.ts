const TAB = 9;
const SPACE = 32;

/** A field whose bytes are no text in the file's character set. */
export class UndecodableText extends Error {
  readonly field: number;

  constructor(field: number) {
    super(`field ${field} is no text`);
    this.field = field;
  }
}

/** The last text of a column. */
interface RememberedText {
  bytes: Uint8Array;
  length: number;
  text: string;
}

/** Longer texts (promotions) are decoded anew. */
const LONGEST_REMEMBERED = 64;

/**
 * One line of a tab-separated file, seen in place: bytes and the offsets of its tabs, no string until one is
 * asked for. The cursor is reused from line to line, so nothing of it may be kept beyond the call that gets it.
 */
export class FieldCursor {
  bytes: Uint8Array = new Uint8Array(0);
  /** First byte of the line and the byte after its last, line break excluded. */
  lineStart = 0;
  lineEnd = 0;
  /** Where each field ends. */
  #ends = new Int32Array(64);
  fields = 0;
  /** 1-based line number in the file. */
  number = 0;
  /** Offset in the file of the byte at `bytes[0]`. */
  base = 0;
  /** False for a last line without a line break. */
  terminated = true;
  readonly #last: RememberedText[] = [];
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** Points the cursor at `bytes[start, end)` and finds its fields. There is no quoting: a tab always separates. */
  set(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.lineStart = start;
    this.lineEnd = end;
    let fields = 0;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== TAB) continue;
      this.#end(fields, at);
      fields += 1;
    }
    this.#end(fields, end);
    this.fields = fields + 1;
  }

  #end(field: number, at: number): void {
    if (field === this.#ends.length) {
      const wider = new Int32Array(this.#ends.length * 2);
      wider.set(this.#ends);
      this.#ends = wider;
    }
    this.#ends[field] = at;
  }

  /** First byte of a field that is not a blank; equals {@link end} when the field is blank or absent. */
  start(field: number): number {
    if (field < 0 || field >= this.fields) return this.lineEnd;
    const end = this.#ends[field]!;
    let at = field === 0 ? this.lineStart : this.#ends[field - 1]! + 1;
    while (at < end && this.bytes[at] === SPACE) at += 1;
    return at;
  }

  /** The byte after a field's last that is not a blank. */
  end(field: number): number {
    if (field < 0 || field >= this.fields) return this.lineEnd;
    const start = field === 0 ? this.lineStart : this.#ends[field - 1]! + 1;
    let at = this.#ends[field]!;
    while (at > start && this.bytes[at - 1] === SPACE) at -= 1;
    return Math.max(at, this.start(field));
  }

  /** True when the field is blank, or the row too short to have it. */
  isBlank(field: number): boolean {
    return this.start(field) === this.end(field);
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
    const start = this.start(field);
    const end = this.end(field);
    if (start === end) return '';
    const last = (this.#last[field] ??= { bytes: new Uint8Array(LONGEST_REMEMBERED), length: 0, text: '' });
    if (this.#isLast(last, start, end)) return last.text;
    const text = this.#decode(field, start, end);
    if (end - start <= LONGEST_REMEMBERED) {
      for (let at = start; at < end; at += 1) last.bytes[at - start] = this.bytes[at]!;
      last.length = end - start;
      last.text = text;
    }
    return text;
  }

  /** Neighbouring rows share most of their fields, so a field equal to the one above needs no new string. */
  #isLast(last: RememberedText, start: number, end: number): boolean {
    if (last.length !== end - start) return false;
    // From the end: ids and instants differ in their last characters.
    for (let index = last.length - 1; index >= 0; index -= 1) if (this.bytes[start + index] !== last.bytes[index]) return false;
    return true;
  }

  #decode(field: number, start: number, end: number): string {
    let text = '';
    for (let at = start; at < end; at += 1) {
      const byte = this.bytes[at]!;
      if (byte > 127) return this.#decodeWide(field, start, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #decodeWide(field: number, start: number, end: number): string {
    try {
      return this.#decoder.decode(this.bytes.subarray(start, end));
    } catch {
      throw new UndecodableText(field);
    }
  }

  /** True when a field holds exactly these bytes. */
  equals(field: number, other: Uint8Array): boolean {
    const start = this.start(field);
    if (this.end(field) - start !== other.length) return false;
    for (let index = 0; index < other.length; index += 1) if (this.bytes[start + index] !== other[index]) return false;
    return true;
  }

  /** Offset of a field in the file. */
  offsetOf(field: number): number {
    return this.base + this.start(field);
  }
}
