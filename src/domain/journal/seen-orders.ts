/** What is kept of an order with tax while its rows do not pass: nothing more when they washed, else that it is open. */
export type SeenOrder = 'open' | { rows: number; withheldRow: boolean };

/** `113-1111111-2222222`: the length of an Amazon order id, and where its dashes stand. */
const ID_LENGTH = 19;
const FIRST_DASH = 3;
const SECOND_DASH = 11;
const ZERO = 48;
const DASH = 45;
/** An entry has four bits for the number of rows; 0 stands for an order that is open. */
const MOST_ROWS = 15;
/** Of 16 slots, how many may be taken before a part of the table grows. */
const FULL = 13;
/** The table grows part by part, so that never much of it stands there twice. A power of two, as all sizes here. */
const PARTS = 64;
const FIRST_SLOTS = 16;

/**
 * Orders with tax by their ids, in eight bytes each: a report may have a million, and nearly every one has washed. The 17
 * digits of an id are its key as they are, so no two orders can be taken for one.
 */
export class SeenOrders {
  /** Two numbers a slot: the first nine digits plus one (0 is a free slot); the last eight digits, rows and the withheld row. */
  readonly #parts: Int32Array[] = Array.from({ length: PARTS }, () => new Int32Array(2 * FIRST_SLOTS));
  readonly #taken = new Int32Array(PARTS);
  /** The id that was taken apart last, and its digits. */
  #id: string | null = null;
  #high = 0;
  #low = 0;

  /** Remembers an order. False when no entry can hold it: an id of another shape, or many rows. */
  put(orderId: string | null, order: SeenOrder): boolean {
    const rows = order === 'open' ? 0 : order.rows;
    if (rows > MOST_ROWS || !this.#read(orderId)) return false;
    const hash = mixed(this.#high, this.#low);
    const part = hash & (PARTS - 1);
    if (this.#taken[part]! * 32 >= this.#parts[part]!.length * FULL) this.#parts[part] = wider(this.#parts[part]!);
    const slots = this.#parts[part]!;
    const slot = slotOf(slots, hash, this.#high, this.#low);
    if (slots[slot] === 0) this.#taken[part]! += 1;
    slots[slot] = this.#high + 1;
    slots[slot + 1] = this.#low * 32 + rows * 2 + (order !== 'open' && order.withheldRow ? 1 : 0);
    return true;
  }

  /** What was last put in for an order: null for nothing, undefined for an id of another shape, which is never held. */
  get(orderId: string | null): SeenOrder | null | undefined {
    if (!this.#read(orderId)) return undefined;
    const hash = mixed(this.#high, this.#low);
    const slots = this.#parts[hash & (PARTS - 1)]!;
    const slot = slotOf(slots, hash, this.#high, this.#low);
    if (slots[slot] === 0) return null;
    const counts = slots[slot + 1]! & 31;
    return counts < 2 ? 'open' : { rows: counts >> 1, withheldRow: (counts & 1) === 1 };
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

/** Its lowest bits choose the part, those above the slot. */
function mixed(high: number, low: number): number {
  const hash = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** The slot of an order, or the free one where it belongs. */
function slotOf(slots: Int32Array, hash: number, high: number, low: number): number {
  const mask = slots.length - 2;
  let slot = (hash >>> 5) & mask;
  while (slots[slot] !== 0 && (slots[slot] !== high + 1 || slots[slot + 1]! >>> 5 !== low)) slot = (slot + 2) & mask;
  return slot;
}

function wider(slots: Int32Array): Int32Array {
  const twice = new Int32Array(slots.length * 2);
  for (let from = 0; from < slots.length; from += 2) {
    if (slots[from] === 0) continue;
    const [high, low] = [slots[from]! - 1, slots[from + 1]! >>> 5];
    const to = slotOf(twice, mixed(high, low), high, low);
    twice[to] = slots[from]!;
    twice[to + 1] = slots[from + 1]!;
  }
  return twice;
}
