/** What is kept of an order whose tax came to zero: enough to take it up again when a later row names it. */
export interface WashedOrder {
  rows: number;
  withheldRow: boolean;
  /** Its place among the orders with tax, by their first rows. */
  first: number;
}

/** `113-1111111-2222222`: the length of an Amazon order id, and where its dashes stand. */
const ID_LENGTH = 19;
const FIRST_DASH = 3;
const SECOND_DASH = 11;
const ZERO = 48;
const DASH = 45;
/** An entry has four bits for the number of rows. */
const MOST_ROWS = 15;
/** Of 16 slots, how many may be taken before the table grows. */
const FULL = 13;

/**
 * Orders whose tax washed, by their ids, in twelve bytes each: nearly every order of a report ends here, and a report
 * may have a million of them. The 17 digits of an id are its key as they are, so no two orders can be taken for one.
 */
export class WashedOrders {
  /** Three numbers a slot: the first nine digits plus one (0 is a free slot); the last eight digits, rows and the withheld row; the place. */
  #slots = new Int32Array(3 << 10);
  #taken = 0;
  /** The id that was taken apart last, and its digits. */
  #id: string | null = null;
  #high = 0;
  #low = 0;

  /** Remembers an order. False when the entry cannot hold it: an id of another shape, or many rows. */
  put(orderId: string | null, { rows, withheldRow, first }: WashedOrder): boolean {
    if (rows > MOST_ROWS || !this.#read(orderId)) return false;
    if (this.#taken * 16 >= (this.#slots.length / 3) * FULL) this.#grow();
    const slot = this.#slotOf(this.#high, this.#low);
    if (this.#slots[slot] === 0) this.#taken += 1;
    this.#slots[slot] = this.#high + 1;
    this.#slots[slot + 1] = this.#low * 32 + rows * 2 + (withheldRow ? 1 : 0);
    this.#slots[slot + 2] = first;
    return true;
  }

  /** What was last put in for an order, or null. */
  get(orderId: string | null): WashedOrder | null {
    if (!this.#read(orderId)) return null;
    const slot = this.#slotOf(this.#high, this.#low);
    if (this.#slots[slot] === 0) return null;
    const counts = this.#slots[slot + 1]! & 31;
    return { rows: counts >> 1, withheldRow: (counts & 1) === 1, first: this.#slots[slot + 2]! };
  }

  /** The slot of an order, or the free one where it belongs. */
  #slotOf(high: number, low: number): number {
    const slots = this.#slots;
    const mask = slots.length / 3 - 1;
    let at = (Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b) >>> 8) & mask;
    while (slots[at * 3] !== 0 && (slots[at * 3] !== high + 1 || slots[at * 3 + 1]! >>> 5 !== low)) at = (at + 1) & mask;
    return at * 3;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 3) {
      if (old[from] === 0) continue;
      const to = this.#slotOf(old[from]! - 1, old[from + 1]! >>> 5);
      for (let index = 0; index < 3; index += 1) this.#slots[to + index] = old[from + index]!;
    }
  }

  /** Takes an id apart into two numbers; false when it is not of Amazon's shape. */
  #read(orderId: string | null): boolean {
    if (orderId === null || orderId.length !== ID_LENGTH) return false;
    if (orderId === this.#id) return true;
    let high = 0;
    let low = 0;
    for (let at = 0; at < ID_LENGTH; at += 1) {
      const code = orderId.charCodeAt(at);
      if (at === FIRST_DASH || at === SECOND_DASH) {
        if (code !== DASH) return false;
        continue;
      }
      if (code < ZERO || code > ZERO + 9) return false;
      if (at <= 9) high = high * 10 + code - ZERO;
      else low = low * 10 + code - ZERO;
    }
    this.#id = orderId;
    this.#high = high;
    this.#low = low;
    return true;
  }
}
