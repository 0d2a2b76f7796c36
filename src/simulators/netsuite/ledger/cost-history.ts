/**
 * The movements of one item in the order of costing, each with the cost that follows from those before it. One that is
 * added or taken out changes what comes after it (NSHELP section_N2197365), at its own place and wherever that was moved to.
 */
import { mulDiv } from '../decimal.ts';
import { issue, NEVER_HELD, receive, type CostState } from './average-cost.ts';
import type { TransactionLine } from './transaction.ts';

export interface Movement {
  /** `transaction/line`. */
  key: string;
  day: string;
  rank: number;
  transaction: number;
  line: TransactionLine;
  /** Where one average is kept: a location, or all of them together. */
  place: string;
  quantity: number;
  /** `from` is the key of the movement that it left by, `before` what of that others have brought in before it. */
  cost: 'given' | 'average' | { from: string; before: number };
  value: bigint;
  correction: bigint;
  /** Its place before it. */
  before: CostState;
}

export class CostHistory {
  readonly #movements: Movement[] = [];
  readonly #byKey = new Map<string, Movement>();
  readonly #now = new Map<string, CostState>();

  /** The stand after all movements. */
  at(place: string): CostState {
    return this.#now.get(place) ?? NEVER_HELD;
  }

  /** Takes movements in; hands back all whose cost is another now. */
  add(movements: readonly Movement[]): Movement[] {
    let first = this.#movements.length;
    for (const movement of movements) {
      const index = this.#indexFor(movement);
      movement.before = this.#standAt(index, movement.place);
      this.#movements.splice(index, 0, movement);
      this.#byKey.set(movement.key, movement);
      first = Math.min(first, index);
    }
    return this.#replay(first, new Set(movements.map(({ place }) => place)), new Set(movements));
  }

  /** Takes movements out; hands back all others whose cost is another now. */
  remove(keys: readonly string[]): Movement[] {
    let first = this.#movements.length;
    const places = new Set<string>();
    for (const key of keys) {
      const movement = this.#byKey.get(key);
      if (!movement) continue;
      const index = this.#indexFor(movement);
      this.#movements.splice(index, 1);
      this.#byKey.delete(key);
      this.#setStandAt(index, movement.place, movement.before);
      places.add(movement.place);
      first = Math.min(first, index);
    }
    return this.#replay(first, places);
  }

  get(key: string): Movement | undefined {
    return this.#byKey.get(key);
  }

  /** `added` are new: what comes in by them is costed anew even where their own cost is what they came with. */
  #replay(first: number, places: Set<string>, added = new Set<Movement>()): Movement[] {
    const stands = new Map<string, CostState>();
    const changed = new Set<Movement>();
    for (let index = first; index < this.#movements.length; index += 1) {
      const movement = this.#movements[index]!;
      const source = typeof movement.cost === 'object' ? this.#byKey.get(movement.cost.from) : undefined;
      if (!places.has(movement.place) && !(source && (changed.has(source) || added.has(source)))) continue;
      places.add(movement.place);
      movement.before = stands.get(movement.place) ?? movement.before;
      const { state, value, correction } = costed(movement, source);
      stands.set(movement.place, state);
      if (value === movement.value && correction === movement.correction) continue;
      Object.assign(movement, { value, correction });
      changed.add(movement);
    }
    for (const [place, state] of stands) this.#now.set(place, state);
    return [...changed];
  }

  #standAt(index: number, place: string): CostState {
    for (let next = index; next < this.#movements.length; next += 1)
      if (this.#movements[next]!.place === place) return this.#movements[next]!.before;
    return this.at(place);
  }

  #setStandAt(index: number, place: string, state: CostState): void {
    for (let next = index; next < this.#movements.length; next += 1) {
      if (this.#movements[next]!.place !== place) continue;
      this.#movements[next]!.before = state;
      return;
    }
    this.#now.set(place, state);
  }

  /** Where a movement stands or would stand. */
  #indexFor(movement: Movement): number {
    let low = 0;
    let high = this.#movements.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(this.#movements[middle]!, movement) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function costed(
  { before, quantity, cost, value }: Movement,
  source: Movement | undefined,
): { state: CostState; value: bigint; correction: bigint } {
  if (quantity < 0) {
    const issued = issue(before, -quantity);
    return { state: issued.state, value: -issued.cost, correction: 0n };
  }
  const given = typeof cost === 'object' ? shareOf(source, cost.before, quantity) : value;
  return { ...receive(before, quantity, given), value: given };
}

/** What so many of the units that left are worth; all of them together are worth what left, to the cent. */
function shareOf(source: Movement | undefined, before: number, quantity: number): bigint {
  if (!source) return 0n;
  const first = (units: number): bigint => mulDiv(-source.value, BigInt(units), BigInt(-source.quantity));
  return first(before + quantity) - first(before);
}

function order(a: Movement, b: Movement): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.rank - b.rank || a.transaction - b.transaction || a.line.id - b.line.id;
}
