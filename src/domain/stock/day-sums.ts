/** What the rows of one day come to, beside the change that the balances tell, by what a balance is about. */
import type { Day } from '../money/instant.ts';
import type { Balances, BalancesAround } from './balances.ts';
import type { BalanceSubject } from './stock-facts.ts';

export class DaySums {
  readonly #day: Day;
  readonly #balances: Balances;
  /** Units of the rows, by the number of what they are about. */
  #moved: Float64Array;
  /** Null until all is counted. */
  #around: BalancesAround | null = null;

  constructor(day: Day, balances: Balances) {
    [this.#day, this.#balances] = [day, balances];
    this.#moved = new Float64Array(balances.subjects.all.length + 1);
  }

  count(subject: BalanceSubject, units: number): void {
    const number = this.#balances.subjects.numberOf(subject);
    if (number >= this.#moved.length) this.#widen(number);
    this.#moved[number]! += units;
  }

  /** Whether rows and balances tell the same change. Ask when all is counted. */
  agrees(subject: BalanceSubject): boolean {
    const number = this.#balances.subjects.find(subject);
    return number < 0 || this.#isRight(number);
  }

  /** Whether all of these countries agree. */
  agreesIn(countries: readonly string[]): boolean {
    const { all } = this.#balances.subjects;
    for (let number = 0; number < all.length; number += 1)
      if (!this.#isRight(number) && countries.includes(all[number]!.country)) return false;
    return true;
  }

  #isRight(number: number): boolean {
    const { at, before } = (this.#around ??= this.#balances.around(this.#day));
    const moved = this.#moved[number] ?? 0;
    const now = at[number] ?? NaN;
    return moved === (Number.isNaN(now) ? 0 : now - before[number]!);
  }

  #widen(number: number): void {
    const moved = this.#moved;
    this.#moved = new Float64Array((number + 1) * 2);
    this.#moved.set(moved);
  }
}
