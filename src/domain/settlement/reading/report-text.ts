import { ReportError } from '../report-error.ts';

const LF = 10;
const CR = 13;
/** How far the first line break is looked for: no header is longer. */
const LONGEST_HEADER = 1 << 16;

/** What a file's mark says of its characters. */
type Mark = { encoding: 'utf-16le' | 'utf-16be' | 'utf-8'; length: number };

/**
 * Stands between a file's bytes and {@link LineScanner}, which knows LF and CR LF in a character set that keeps ASCII
 * as it is: UTF-16 with its mark (a spreadsheet's "Unicode Text") becomes UTF-8, and lines that end in CR alone get an
 * LF in its place. Both are decided once, by the file's begin; what is neither passes untouched and uncopied.
 */
export class ReportText {
  readonly #open: (encoding: string) => (bytes: Uint8Array) => void;
  readonly #encoding: string;
  #begin: Uint8Array | null = new Uint8Array(0);
  #sink: ((bytes: Uint8Array) => void) | null = null;
  #flush: () => void = () => {};
  #transcoded = false;

  /** @param open is told the character set of what will come, and answers who takes it */
  constructor(encoding: string, open: (encoding: string) => (bytes: Uint8Array) => void) {
    this.#encoding = encoding;
    this.#open = open;
  }

  /** True where the bytes handed on are not those of the file, so that their offsets say nothing of it. */
  get transcoded(): boolean {
    return this.#transcoded;
  }

  push(chunk: Uint8Array): void {
    if (this.#begin === null) return this.#sink!(chunk);
    const begin = this.#begin.length === 0 ? chunk : joined(this.#begin, chunk);
    // Three bytes hold every mark. What is kept beyond this call is a copy (`slice` of a Buffer is none).
    if (begin.length < 3) this.#begin = new Uint8Array(begin);
    else this.#decide(begin);
  }

  finish(): void {
    if (this.#begin !== null) this.#decide(this.#begin);
    this.#flush();
  }

  #decide(begin: Uint8Array): void {
    this.#begin = null;
    const mark = markOf(begin);
    const lines = new LineEnds(this.#open(mark === null ? this.#encoding : 'utf-8'));
    if (mark === null || mark.encoding === 'utf-8') {
      this.#sink = (bytes) => lines.push(bytes);
      this.#flush = () => lines.finish();
      this.#sink(begin);
      return;
    }
    this.#transcoded = true;
    const decoder = new TextDecoder(mark.encoding, { fatal: true, ignoreBOM: true });
    const encoder = new TextEncoder();
    this.#sink = (bytes) => lines.push(encoder.encode(decoded(decoder, bytes, true)));
    this.#flush = () => {
      lines.push(encoder.encode(decoded(decoder, new Uint8Array(0), false)));
      lines.finish();
    };
    this.#sink(begin.subarray(mark.length));
  }
}

/** Finds out whether lines end in CR alone, by the first break of the file, and puts an LF for each such CR. */
class LineEnds {
  readonly #onBytes: (bytes: Uint8Array) => void;
  #begin: Uint8Array | null = new Uint8Array(0);
  #alone = false;
  #afterCr = false;

  constructor(onBytes: (bytes: Uint8Array) => void) {
    this.#onBytes = onBytes;
  }

  push(bytes: Uint8Array): void {
    if (this.#begin === null) return this.#pass(bytes);
    const begin = this.#begin.length === 0 ? bytes : joined(this.#begin, bytes);
    const alone = endsInCr(begin);
    if (alone === null && begin.length < LONGEST_HEADER) this.#begin = new Uint8Array(begin);
    else this.#start(begin, alone === true);
  }

  finish(): void {
    // A file whose only break is a CR at its very end.
    if (this.#begin !== null) this.#start(this.#begin, this.#begin.at(-1) === CR);
  }

  #start(begin: Uint8Array, alone: boolean): void {
    this.#begin = null;
    this.#alone = alone;
    this.#pass(begin);
  }

  #pass(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#onBytes(this.#alone ? this.#withLineFeeds(bytes) : bytes);
  }

  /** CR LF, where it comes all the same, is one break. */
  #withLineFeeds(bytes: Uint8Array): Uint8Array {
    const lines = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (byte !== LF || !this.#afterCr) lines[length++] = byte === CR ? LF : byte;
      this.#afterCr = byte === CR;
    }
    return lines.subarray(0, length);
  }
}

/** Whether the first break is a CR without an LF; null where that cannot be told yet. */
function endsInCr(bytes: Uint8Array): boolean | null {
  const lf = bytes.indexOf(LF);
  const cr = bytes.indexOf(CR);
  if (cr === -1 || (lf !== -1 && lf < cr)) return lf === -1 ? null : false;
  return cr + 1 === bytes.length ? null : bytes[cr + 1] !== LF;
}

function markOf([a, b, c]: Uint8Array): Mark | null {
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return a === 0xef && b === 0xbb && c === 0xbf ? { encoding: 'utf-8', length: 3 } : null;
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw new ReportError({
      code: 'report-encoding',
      what: 'The file begins as UTF-16 and does not go on so.',
      remedy: 'restore the file as Amazon delivered it, or save it as UTF-8',
    });
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
