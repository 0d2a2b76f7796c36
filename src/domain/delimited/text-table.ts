import { storableCode, storableText } from './storable-text.ts';

/** More different texts than these are forgotten, and begun anew: a file of any length needs no more memory. */
const MOST_TEXTS = 1 << 18;
/** Longer ones come but once. */
const LONGEST = 200;

/**
 * Texts by their bytes in UTF-8: what was seen before is the same string again. A report says the same few hundred
 * thousand texts a million times, and whoever compares or looks them up later finds them by identity.
 */
export class TextTable {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #made: (text: string) => string;
  /** Of a power of two of slots: 1 + the text's number, by its hash; the next free one where that is taken. */
  #slots = new Int32Array(1 << 10);
  #texts: string[] = [];
  #hashes: number[] = [];
  /** Where the bytes of each text end in `#bytes`; those of the next begin there. */
  #ends: number[] = [];
  #bytes = new Uint8Array(1 << 14);
  /** The text that was asked for after each, and mostly will be again: what belongs to one item stands side by side. */
  #followedBy: number[] = [];
  #last = 0;
  readonly #codes: number[] = [];

  /** @param made what a text becomes, told once for each: without its escapes */
  constructor(made: (text: string) => string) {
    this.#made = made;
  }

  /** The text in `bytes[from, to)`; bytes that are none become U+FFFD. */
  of(bytes: Uint8Array, from: number, to: number): string {
    if (from === to) return '';
    if (to - from > LONGEST) return this.#made(this.#wide(bytes, from, to));
    const before = this.#last;
    let number = before < this.#texts.length ? this.#followedBy[before]! : 0;
    if (!this.#holds(number, bytes, from, to)) {
      number = this.#find(bytes, from, to);
      if (before < this.#texts.length) this.#followedBy[before] = number;
    }
    this.#last = number;
    return this.#texts[number]!;
  }

  /** The number of a text, also of one that was not seen before. */
  #find(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    let slot = hash & (this.#slots.length - 1);
    for (let number = this.#slots[slot]! - 1; number >= 0; number = this.#slots[slot]! - 1) {
      if (this.#hashes[number] === hash && this.#holds(number, bytes, from, to)) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    this.#keep(this.#made(this.#decode(bytes, from, to)), hash, bytes.subarray(from, to));
    return this.#texts.length - 1;
  }

  #holds(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (number >= this.#ends.length) return false;
    const end = this.#ends[number]!;
    const begin = number === 0 ? 0 : this.#ends[number - 1]!;
    if (end - begin !== to - from) return false;
    const known = this.#bytes;
    // Texts of one kind differ at their end.
    for (let at = end - 1, other = to - 1; at >= begin; at -= 1, other -= 1)
      if (known[at] !== bytes[other]) return false;
    return true;
  }

  #keep(text: string, hash: number, bytes: Uint8Array): void {
    if (this.#texts.length === MOST_TEXTS) [this.#texts, this.#hashes, this.#ends, this.#followedBy] = [[], [], [], []];
    const begin = this.#ends.at(-1) ?? 0;
    const end = begin + bytes.length;
    if (end > this.#bytes.length) {
      const wider = new Uint8Array(this.#bytes.length * 2);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    this.#bytes.set(bytes, begin);
    this.#texts.push(text);
    this.#hashes.push(hash);
    this.#ends.push(end);
    this.#followedBy.push(0);
    if (this.#texts.length === 1) this.#slots.fill(0);
    if (this.#texts.length * 2 > this.#slots.length) this.#slots = new Int32Array(this.#slots.length * 2);
    else return this.#place(this.#texts.length - 1);
    for (let number = 0; number < this.#texts.length; number += 1) this.#place(number);
  }

  #place(number: number): void {
    const last = this.#slots.length - 1;
    let slot = this.#hashes[number]! & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = number + 1;
  }

  /** Of codes where all are ASCII, which is quicker for short ones. */
  #decode(bytes: Uint8Array, from: number, to: number): string {
    const codes = this.#codes;
    codes.length = to - from;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at]!;
      if (byte > 127) return this.#wide(bytes, from, to);
      codes[at - from] = storableCode(byte);
    }
    return String.fromCharCode.apply(null, codes);
  }

  #wide(bytes: Uint8Array, from: number, to: number): string {
    return storableText(this.#decoder.decode(bytes.subarray(from, to)));
  }
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
