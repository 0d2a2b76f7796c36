import { epochMsOf, instantOf, type Instant } from '../money/instant.ts';

/** A look that comes each hour comes some seconds sooner or later: without this, what is done daily would be an hour later each day. */
const EARLIER_MS = 5 * 60_000;

/** From when on something is due again that was last done then. */
export function dueAgainFrom(last: Instant, everyMs: number): Instant {
  return instantOf(epochMsOf(last) + everyMs - EARLIER_MS);
}

/** Whether it is; what was never done is, and what a clock of ours dated ahead. */
export function isDueAgain(last: Instant | null, everyMs: number, now: Instant): boolean {
  return last === null || last > now || now >= dueAgainFrom(last, everyMs);
}
