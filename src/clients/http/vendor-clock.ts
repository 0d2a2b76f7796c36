/**
 * The other side's clock, as its answers tell it by their `Date` header: every server that has a clock sends one (RFC 9110,
 * 6.6.1), to the second. Between two answers it is moved on by a stopwatch that no setting of our own clock disturbs.
 */
import { instantOf, type Instant } from '../../domain/money/instant.ts';
import { headerOf, type HttpAnswer, type HttpExchange } from './http-exchange.ts';

/** Milliseconds of a clock that only runs on (`performance.now`). */
export type Stopwatch = () => number;

export class VendorClock {
  readonly #stopwatch: Stopwatch;
  /** `date` as the header says, epoch milliseconds; when the call began and when its answer was there, by the stopwatch. */
  #last: { date: number; begun: number; ended: number } | null = null;

  constructor(stopwatch: Stopwatch = () => performance.now()) {
    this.#stopwatch = stopwatch;
  }

  /** An exchange whose answers are heard. */
  hearing(exchange: HttpExchange): HttpExchange {
    return async (request) => {
      const begun = this.#stopwatch();
      const answer = await exchange(request);
      const date = dateOf(answer);
      if (date !== null) this.#last = { date, begun, ended: this.#stopwatch() };
      return answer;
    };
  }

  /** Their time, never ahead of it: the last answer's header, cut to the second, moved on since that answer was there. */
  now(): Instant | null {
    return this.#last && instantOf(this.#last.date + this.#stopwatch() - this.#last.ended);
  }

  /** Milliseconds since the last answer that was dated; null before the first. */
  age(): number | null {
    return this.#last && this.#stopwatch() - this.#last.ended;
  }

  /**
   * By how many milliseconds their clock is ahead of ours (negative: behind). The header is cut to the second, so half of one
   * is added, and it was written somewhere between begin and end of the call, so the middle is taken.
   * @param ours epoch milliseconds of our own clock now
   */
  skew(ours: number): number | null {
    if (this.#last === null) return null;
    const { date, begun, ended } = this.#last;
    return Math.round(date + 500 + this.#stopwatch() - (begun + ended) / 2 - ours);
  }
}

/** Epoch milliseconds of an answer's `Date` header; null without one that can be read. */
export function dateOf(answer: HttpAnswer): number | null {
  const date = Date.parse(headerOf(answer, 'date') ?? '');
  return Number.isNaN(date) ? null : date;
}
