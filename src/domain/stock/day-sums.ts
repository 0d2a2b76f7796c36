/** What the rows of one day come to, beside the change that the balances tell, by what a balance is about. */
import type { Day } from '../money/instant.ts';
import { heldBy, type Balances } from './balances.ts';
import type { BalanceSubject, LedgerBalance } from './stock-facts.ts';

/** One that a balance is about. */
interface Sum extends BalanceSubject {
  /** Units of the rows. */
  moved: number;
  /** Units at the end of the day; null: no balance of this day, so nothing has changed. */
  at: number | null;
  /** Of the last balance before: its day, empty where there is none, and its units. */
  beforeDay: Day;
  before: number;
  /** Another of the same FNSKU. */
  next: Sum | undefined;
}

/** Looked up by FNSKU, of which each has few others: no text is made for any row. */
export class DaySums {
  readonly #day: Day;
  readonly #byFnsku = new Map<string, Sum>();

  constructor(day: Day) {
    this.#day = day;
  }

  count(subject: BalanceSubject, units: number): void {
    this.#of(subject).moved += units;
  }

  /** Notes the balances of the day, and the last before it of each that has rows or a balance of the day. Call once, when all is counted. */
  compareWith(balances: Balances): void {
    const earlier: LedgerBalance[] = [];
    for (const balance of balances.all)
      if (balance.day < this.#day) earlier.push(balance);
      else if (balance.day === this.#day) this.#of(balance).at = heldBy(balance);
    for (const balance of earlier) {
      const sum = this.#find(balance);
      if (sum === undefined || balance.day < sum.beforeDay) continue;
      sum.beforeDay = balance.day;
      sum.before = heldBy(balance);
    }
  }

  /** Whether rows and balances tell the same change. */
  agrees(subject: BalanceSubject): boolean {
    const sum = this.#find(subject);
    return sum === undefined || isRight(sum);
  }

  /** Whether all of these countries agree. */
  agreesIn(countries: readonly string[]): boolean {
    for (const first of this.#byFnsku.values())
      for (let sum: Sum | undefined = first; sum !== undefined; sum = sum.next)
        if (!isRight(sum) && countries.includes(sum.country)) return false;
    return true;
  }

  #find(subject: BalanceSubject): Sum | undefined {
    return among(this.#byFnsku.get(subject.fnsku), subject);
  }

  #of(subject: BalanceSubject): Sum {
    const { fnsku, sku, country, disposition } = subject;
    const next = this.#byFnsku.get(fnsku);
    const found = among(next, subject);
    if (found !== undefined) return found;
    const sum: Sum = { fnsku, sku, country, disposition, moved: 0, at: null, beforeDay: '', before: 0, next };
    this.#byFnsku.set(fnsku, sum);
    return sum;
  }
}

function among(first: Sum | undefined, { sku, country, disposition }: BalanceSubject): Sum | undefined {
  let sum = first;
  while (sum !== undefined && !(sum.sku === sku && sum.country === country && sum.disposition === disposition))
    sum = sum.next;
  return sum;
}

/** Before the first balance there was nothing. */
const isRight = ({ moved, at, before }: Sum): boolean => moved === (at === null ? 0 : at - before);
