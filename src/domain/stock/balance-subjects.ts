import { NameNumbers } from './name-numbers.ts';
import type { BalanceSubject } from './stock-facts.ts';

/** What balances and rows are about, each by a number: sums over them are lists of numbers, and no text is made for any. */
export class BalanceSubjects {
  readonly all: BalanceSubject[] = [];
  readonly #fnskus = new NameNumbers();
  /** The last that came of each FNSKU, of which each has few. */
  readonly #last: number[] = [];
  /** The one before it of the same FNSKU; -1 for none. */
  readonly #before: number[] = [];

  /** Its number; -1: nothing was about it. */
  find(subject: BalanceSubject): number {
    return this.#among(this.#fnskus.find(subject.fnsku), subject);
  }

  /** Its number, also where nothing was about it before. */
  numberOf(subject: BalanceSubject): number {
    const fnskuNumber = this.#fnskus.numberOf(subject.fnsku);
    const known = this.#among(fnskuNumber, subject);
    if (known >= 0) return known;
    const { fnsku, sku, country, disposition } = subject;
    const number = this.all.push({ fnsku, sku, country, disposition }) - 1;
    this.#before.push(this.#last[fnskuNumber] ?? -1);
    this.#last[fnskuNumber] = number;
    return number;
  }

  #among(fnskuNumber: number, { sku, country, disposition }: BalanceSubject): number {
    let number = fnskuNumber < 0 ? -1 : (this.#last[fnskuNumber] ?? -1);
    while (number >= 0) {
      const one = this.all[number]!;
      if (one.sku === sku && one.country === country && one.disposition === disposition) break;
      number = this.#before[number]!;
    }
    return number;
  }
}
