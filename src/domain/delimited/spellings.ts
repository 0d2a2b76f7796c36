import { sameBytes } from './same-bytes.ts';

/** More runs of bytes, or bytes of them, than these are not kept: a file of any length needs no more memory. */
const MOST = 1 << 18;
const MOST_BYTES = 1 << 25;

/** Runs of bytes, each with a number from 0 in the order in which they first came. None of them is empty. */
export class Spellings {
  length = 0;
  /** Of a power of two of slots: 1 + the number, by its hash; the next free one where that is taken. */
  #slots = new Int32Array(1 << 10);
  #hashes = new Int32Array(1 << 9);
  /** Where the bytes of each end in `#bytes`; those of the next begin there. */
  #ends = new Int32Array(1 << 9);
  #bytes = new Uint8Array(1 << 14);
  #view = new DataView(this.#bytes.buffer);
  /** The one that was asked for after each, and mostly will be again: what belongs to one item stands side by side. */
  #followedBy = new Int32Array(1 << 9);
  #last = 0;
  /** Bytes that were asked for last: many runs stand in the same. */
  #asked: Uint8Array = this.#bytes;
  #askedView: DataView = this.#view;

  /** Whether it should be forgotten. */
  get isFull(): boolean {
    return this.length > MOST || this.#bytesHeld() > MOST_BYTES;
  }

  forget(): void {
    this.#slots.fill(0);
    this.length = 0;
    this.#last = 0;
  }

  /** The number of `bytes[from, to)`; that of a new one is the length of before. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    if (bytes !== this.#asked) {
      this.#asked = bytes;
      this.#askedView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const before = this.#last;
    let number = before < this.length ? this.#followedBy[before]! : 0;
    if (!this.#holds(number, from, to)) {
      number = this.#find(bytes, from, to);
      this.#followedBy[before] = number;
    }
    this.#last = number;
    return number;
  }

  #bytesHeld(): number {
    return this.length === 0 ? 0 : this.#ends[this.length - 1]!;
  }

  #find(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    let slot = hash & (this.#slots.length - 1);
    for (let number = this.#slots[slot]! - 1; number >= 0; number = this.#slots[slot]! - 1) {
      if (this.#hashes[number] === hash && this.#holds(number, from, to)) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    return this.#keep(hash, bytes.subarray(from, to));
  }

  #holds(number: number, from: number, to: number): boolean {
    if (number >= this.length) return false;
    const begin = number === 0 ? 0 : this.#ends[number - 1]!;
    const length = this.#ends[number]! - begin;
    return length === to - from && sameBytes(this.#view, begin, this.#askedView, from, length) === length;
  }

  #keep(hash: number, bytes: Uint8Array): number {
    const number = this.length;
    const begin = this.#bytesHeld();
    const end = begin + bytes.length;
    if (end > this.#bytes.length) {
      this.#bytes = widened(this.#bytes, new Uint8Array(Math.max(end, this.#bytes.length * 2)));
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(bytes, begin);
    if (number === this.#hashes.length) this.#widen();
    this.#hashes[number] = hash;
    this.#ends[number] = end;
    this.#followedBy[number] = 0;
    this.length += 1;
    if (this.length * 2 <= this.#slots.length) this.#place(number);
    else {
      this.#slots = new Int32Array(this.#slots.length * 2);
      for (let one = 0; one <= number; one += 1) this.#place(one);
    }
    return number;
  }

  #widen(): void {
    const wider = () => new Int32Array(this.#hashes.length * 2);
    [this.#hashes, this.#ends, this.#followedBy] = [
      widened(this.#hashes, wider()),
      widened(this.#ends, wider()),
      widened(this.#followedBy, wider()),
    ];
  }

  #place(number: number): void {
    const last = this.#slots.length - 1;
    let slot = this.#hashes[number]! & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = number + 1;
  }
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
