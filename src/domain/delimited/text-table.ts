import { storableText } from './storable-text.ts';

/** A table that holds more texts, or bytes, than these is forgotten, and begun anew: a file of any length needs no more memory. */
const MOST_TEXTS = 1 << 18;
const MOST_BYTES = 1 << 25;
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
  /** Of a power of two of slots: 1 + the number of the spelling, by its hash; the next free one where that is taken. */
  #slots = new Int32Array(1 << 10);
  /** How many spellings there are: bytes that a text was read from. */
  #spellings = 0;
  #hashes = new Int32Array(1 << 9);
  /** Where the bytes of each end in `#bytes`; those of the next begin there. */
  #ends = new Int32Array(1 << 9);
  #bytes = new Uint8Array(1 << 14);
  /** The number of its text. */
  #numbers = new Int32Array(1 << 9);
  /** The one that was asked for after each, and mostly will be again: what belongs to one item stands side by side. */
  #followedBy = new Int32Array(1 << 9);
  #last = 0;
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
    const before = this.#last;
    let spelling = before < this.#spellings ? this.#followedBy[before]! : 0;
    if (!this.#holds(spelling, bytes, from, to)) {
      spelling = this.#find(bytes, from, to);
      this.#followedBy[before] = spelling;
    }
    this.#last = spelling;
    return this.#numbers[spelling]!;
  }

  /** The number of a text that was made elsewhere. */
  numberOfText(text: string): number {
    if (text === '') return 0;
    if (isOdd(text)) return this.#numberOfOdd(text);
    const bytes = this.#encoder.encode(text);
    return this.numberOf(bytes, 0, bytes.length);
  }

  /** Forgets all, where it has grown too long; numbers of before are of the list of before. @returns whether it did */
  forgetIfFull(): boolean {
    if (this.texts.length <= MOST_TEXTS && this.#bytesHeld() <= MOST_BYTES) return false;
    this.texts = [''];
    this.#odd.clear();
    this.#slots.fill(0);
    this.#spellings = 0;
    this.#last = 0;
    return true;
  }

  #bytesHeld(): number {
    return this.#spellings === 0 ? 0 : this.#ends[this.#spellings - 1]!;
  }

  /** The number of a spelling, also of one that was not seen before. */
  #find(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    let slot = hash & (this.#slots.length - 1);
    for (let spelling = this.#slots[slot]! - 1; spelling >= 0; spelling = this.#slots[slot]! - 1) {
      if (this.#hashes[spelling] === hash && this.#holds(spelling, bytes, from, to)) return spelling;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    return this.#keep(this.#read(bytes, from, to), hash, bytes.subarray(from, to));
  }

  #holds(spelling: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (spelling >= this.#spellings) return false;
    const end = this.#ends[spelling]!;
    const begin = spelling === 0 ? 0 : this.#ends[spelling - 1]!;
    if (end - begin !== to - from) return false;
    const known = this.#bytes;
    // Texts of one kind differ at their end.
    for (let at = end - 1, other = to - 1; at >= begin; at -= 1, other -= 1)
      if (known[at] !== bytes[other]) return false;
    return true;
  }

  /** @param number of its text. @returns the number of the spelling */
  #keep(number: number, hash: number, bytes: Uint8Array): number {
    const spelling = this.#spellings;
    const begin = this.#bytesHeld();
    const end = begin + bytes.length;
    if (end > this.#bytes.length)
      this.#bytes = widened(this.#bytes, new Uint8Array(Math.max(end, this.#bytes.length * 2)));
    this.#bytes.set(bytes, begin);
    if (spelling === this.#hashes.length) this.#widen();
    this.#hashes[spelling] = hash;
    this.#ends[spelling] = end;
    this.#numbers[spelling] = number;
    this.#followedBy[spelling] = 0;
    this.#spellings += 1;
    if (this.#spellings * 2 <= this.#slots.length) this.#place(spelling);
    else {
      this.#slots = new Int32Array(this.#slots.length * 2);
      for (let one = 0; one <= spelling; one += 1) this.#place(one);
    }
    return spelling;
  }

  #widen(): void {
    const wider = () => new Int32Array(this.#hashes.length * 2);
    [this.#hashes, this.#ends, this.#numbers, this.#followedBy] = [
      widened(this.#hashes, wider()),
      widened(this.#ends, wider()),
      widened(this.#numbers, wider()),
      widened(this.#followedBy, wider()),
    ];
  }

  #place(spelling: number): void {
    const last = this.#slots.length - 1;
    let slot = this.#hashes[spelling]! & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = spelling + 1;
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

function widened<List extends Int32Array | Uint8Array>(list: List, wider: List): List {
  wider.set(list);
  return wider;
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 3 < to; at += 4) {
    const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ four, 0x01000193) ^ (hash >>> 15);
  }
  for (; at < to; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
