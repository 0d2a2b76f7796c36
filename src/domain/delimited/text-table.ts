import { Spellings } from './spellings.ts';
import { storableText } from './storable-text.ts';

/** A table that holds more texts than these is forgotten, and begun anew. */
const MOST_TEXTS = 1 << 18;
const QUOTE = 34;

/**
 * Texts by their bytes in UTF-8, each with a number: what was seen before is the same string, and the same number, again. A
 * report says the same few hundred thousand texts a million times; rows that hold numbers in their place are told apart
 * without looking at a text.
 */
export class TextTable {
  /** By number; 0 is the empty one. A table that is begun anew has another list. */
  texts: string[] = [''];
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  readonly #made: (text: string) => string;
  /** Bytes that a text was read from. */
  readonly #spellings = new Spellings();
  /** The number of the text of each. */
  #numbers: number[] = [];
  /** Numbers of texts that may be spelled in several ways: with a quote, or a letter beyond ASCII. */
  readonly #odd = new Map<string, number>();
  readonly #codes: number[] = [];

  /** @param made what a text becomes, told once for each spelling: without its escapes. Nothing changes in one without a quote. */
  constructor(made: (text: string) => string) {
    this.#made = made;
  }

  /** The text in `bytes[from, to)`; bytes that are none become U+FFFD. */
  of(bytes: Uint8Array, from: number, to: number): string {
    return this.texts[this.numberOf(bytes, from, to)]!;
  }

  /** The number of that text: the same for the same text. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return 0;
    const spelling = this.#spellings.numberOf(bytes, from, to);
    if (spelling === this.#numbers.length) this.#numbers.push(this.#read(bytes, from, to));
    return this.#numbers[spelling]!;
  }

  /** The number of a text that was made elsewhere. */
  numberOfText(text: string): number {
    if (text === '') return 0;
    if (isOdd(text)) return this.#numberOfOdd(text);
    const bytes = this.#encoder.encode(text);
    return this.numberOf(bytes, 0, bytes.length);
  }

  /** Whether it has grown too long. */
  get isFull(): boolean {
    return this.texts.length > MOST_TEXTS || this.#spellings.isFull;
  }

  /** Numbers of before are of the list of before. */
  forget(): void {
    this.texts = [''];
    this.#odd.clear();
    this.#spellings.forget();
    this.#numbers = [];
  }

  /** The number of the text of a new spelling: of codes where all are ASCII, which is quicker for short ones. */
  #read(bytes: Uint8Array, from: number, to: number): number {
    const codes = this.#codes;
    codes.length = to - from;
    let isPlain = codes.length <= MOST_CODES;
    for (let at = from; at < to && isPlain; at += 1) {
      const byte = bytes[at]!;
      isPlain = byte !== 0 && byte <= 127 && byte !== QUOTE;
      codes[at - from] = byte;
    }
    if (!isPlain) return this.#numberOfOdd(this.#made(storableText(this.#decoder.decode(bytes.subarray(from, to)))));
    return this.texts.push(this.#made(String.fromCharCode.apply(null, codes))) - 1;
  }

  #numberOfOdd(text: string): number {
    let number = this.#odd.get(text);
    if (number === undefined) this.#odd.set(text, (number = this.texts.push(text) - 1));
    return number;
  }
}

/** Longer texts are left to the decoder. */
const MOST_CODES = 200;

function isOdd(text: string): boolean {
  if (text.length > MOST_CODES) return true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127 || code === QUOTE) return true;
  }
  return false;
}
