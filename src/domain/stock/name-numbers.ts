/** So many names after the last one are tried before it is looked up. */
const TRIED = 4;

/**
 * Names by number, from 0. Where many are asked for in the order in which they came first, as rows that the store hands in by
 * SKU, the next one is mostly the last one or one soon after it: then nothing is looked up all over the memory.
 */
export class NameNumbers {
  readonly names: string[] = [];
  readonly #byName = new Map<string, number>();
  #last = 0;

  /** -1: it has none. */
  find(name: string): number {
    const { names } = this;
    const end = Math.min(this.#last + TRIED, names.length);
    for (let number = this.#last; number < end; number += 1)
      if (names[number] === name) {
        this.#last = number;
        return number;
      }
    const number = this.#byName.get(name);
    if (number === undefined) return -1;
    this.#last = number;
    return number;
  }

  /** Also of one that was not named before: the next number. */
  numberOf(name: string): number {
    const known = this.find(name);
    if (known >= 0) return known;
    const number = this.names.push(name) - 1;
    this.#byName.set(name, number);
    this.#last = number;
    return number;
  }
}
