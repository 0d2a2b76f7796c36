/** Which months Amazon's VAT report is asked for (amazon.md §5.10: one month, from the third of the next). */
import { addDays, lastDayOfMonth, monthOf, type Day, type Instant } from '../money/instant.ts';

/** So many months back it is asked for by itself; older ones are compared by their file. */
const MONTHS_BACK = 3;
/** Amazon's third, by UTC. */
const FROM_DAY = 3;

/**
 * Months whose report Amazon makes by now, the last first.
 * @param cutOver day of it: a month that ended before has no documents of ours
 */
export function vatMonthsDue(now: Instant, cutOver: Day): string[] {
  const due: string[] = [];
  const today = now.slice(0, 10);
  let last = addDays(`${now.slice(0, 7)}-01`, -1);
  for (let back = 0; back < MONTHS_BACK && last >= cutOver; back += 1) {
    const month = monthOf(last);
    if (today >= addDays(last, FROM_DAY)) due.push(month);
    last = addDays(`${month}-01`, -1);
  }
  return due;
}

/** `2026-12` after `2026-11`. */
export function monthAfter(month: string): string {
  return monthOf(addDays(lastDayOfMonth(`${month}-01`), 1));
}

/** From the first moment of a month to that of the next, by UTC. */
export function vatPeriodOf(month: string): { start: Instant; end: Instant } {
  const first = `${month}-01`;
  return { start: `${first}T00:00:00Z`, end: `${addDays(lastDayOfMonth(first), 1)}T00:00:00Z` };
}
