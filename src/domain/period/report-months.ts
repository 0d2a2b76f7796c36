/** Of which months Amazon is asked for its own figures, and from when (close.md, *Items*: from the 3rd day after the month). */
import { addDays, dayIn, lastDayOfMonth, monthOf, startOfDay, type Day, type Instant } from '../money/instant.ts';

/** Events of Finances and orders are told up to 48 hours late. */
const FROM_DAY = 3;
/** Amazon tells of orders of the last two years (amazon.md §3.3). */
const MONTHS_BACK = 24;

/** A month of a connection: it begins at the cut-over where that lies within. */
export interface MonthSpan {
  /** `2026-10` */
  period: string;
  lastDay: Day;
  /** Half open. */
  start: Instant;
  end: Instant;
}

/** @param timeZone the home zone, which says when a month is over */
export function monthSpan(period: string, cutOver: Instant, timeZone: string): MonthSpan {
  const first = `${period}-01`;
  const lastDay = lastDayOfMonth(first);
  const begins = startOfDay(first, timeZone);
  return {
    period,
    lastDay,
    start: begins < cutOver ? cutOver : begins,
    end: startOfDay(addDays(lastDay, 1), timeZone),
  };
}

/** Months since the cut-over of which Amazon is asked by now, the last first. */
export function reportMonthsDue(now: Instant, cutOver: Instant, timeZone: string): MonthSpan[] {
  const today = dayIn(now, timeZone);
  const first = monthOf(dayIn(cutOver, timeZone));
  const due: MonthSpan[] = [];
  let last = addDays(`${monthOf(today)}-01`, -1);
  for (let back = 0; back < MONTHS_BACK && monthOf(last) >= first; back += 1) {
    if (today >= addDays(last, FROM_DAY)) due.push(monthSpan(monthOf(last), cutOver, timeZone));
    last = addDays(`${monthOf(last)}-01`, -1);
  }
  return due;
}
