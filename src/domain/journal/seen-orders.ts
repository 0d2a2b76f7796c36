/** What is kept of an order with tax while its rows do not pass: nothing more when they washed, else that it is open. */
export type SeenOrder = 'open' | { rows: number; withheldRow: boolean };

/** Digits of an order id: the first nine and the last eight. */
interface Digits {
  high: number;
  low: number;
}

/** An entry has four bits for the number of rows; 0 stands for an order that is open. */
const MOST_ROWS = 15;
/** Of 16 slots, how many may be taken before a part of the table grows. */
const FULL = 13;
/** The table grows part by part, so that never much of it stands there twice. A power of two, as all sizes here. */
const PARTS = 64;
const FIRST_SLOTS = 16;

/**
 * Orders with tax by the digits of their ids, in eight bytes each: a report may have a million, and nearly every one has
 * washed. All digits are kept, so no two orders can be taken for one.
 */
export class SeenOrders {
  /** Two numbers a slot: the first nine digits plus one (0 is a free slot); the last eight digits, rows and the withheld row. */
  readonly #parts: Int32Array[] = Array.from({ length: PARTS }, () => new Int32Array(2 * FIRST_SLOTS));
  readonly #taken = new Int32Array(PARTS);

  /** Remembers an order. False when it has more rows than an entry can hold. */
  put({ high, low }: Digits, order: SeenOrder): boolean {
    const rows = order === 'open' ? 0 : order.rows;
    if (rows > MOST_ROWS) return false;
    const hash = mixed(high, low);
    const part = hash & (PARTS - 1);
    if (this.#taken[part]! * 32 >= this.#parts[part]!.length * FULL) this.#parts[part] = wider(this.#parts[part]!);
    const slots = this.#parts[part]!;
    const slot = slotOf(slots, hash, high, low);
    if (slots[slot] === 0) this.#taken[part]! += 1;
    slots[slot] = high + 1;
    slots[slot + 1] = low * 32 + rows * 2 + (order !== 'open' && order.withheldRow ? 1 : 0);
    return true;
  }

  /** What was last put in for an order, or null. */
  get({ high, low }: Digits): SeenOrder | null {
    const hash = mixed(high, low);
    const slots = this.#parts[hash & (PARTS - 1)]!;
    const slot = slotOf(slots, hash, high, low);
    if (slots[slot] === 0) return null;
    const counts = slots[slot + 1]! & 31;
    return counts < 2 ? 'open' : { rows: counts >> 1, withheldRow: (counts & 1) === 1 };
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
