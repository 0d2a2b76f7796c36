/** Months of the books, `2026-10` (close.md, *The period*). */
import { addWorkingDays } from '../matching/working-days.ts';
import {
  addDays,
  dayIn,
  epochMsOf,
  instantOf,
  lastDayOfMonth,
  monthOf,
  type Day,
  type Instant,
} from '../money/instant.ts';

export type Period = string;

export function isPeriod(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export const firstDayOf = (period: Period): Day => `${period}-01`;
export const lastDayOf = (period: Period): Day => lastDayOfMonth(firstDayOf(period));
export const nextPeriod = (period: Period): Period => monthOf(addDays(lastDayOf(period), 1));
export const previousPeriod = (period: Period): Period => monthOf(addDays(firstDayOf(period), -1));

/** From one on to another, both among them; none where the first is later. */
export function periodsBetween(first: Period, last: Period): Period[] {
  const periods: Period[] = [];
  for (let period = first; period <= last; period = nextPeriod(period)) periods.push(period);
  return periods;
}

/** `October 2026` */
export function renderPeriod(period: Period): string {
  const month = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(new Date(firstDayOf(period)));
  return `${month} ${period.slice(0, 4)}`;
}

/** The day by which it should be signed: so many working days after the month. */
export function dueOf(period: Period, closeTarget: number): Day {
  return addWorkingDays(lastDayOf(period), closeTarget);
}

const HOUR_MS = 3_600_000;

/** The first instant of a day in a time zone, to the second. */
export function startOfDay(day: Day, timeZone: string): Instant {
  // No zone is further from UTC than 14 hours, and days follow each other: halve until a second is left.
  const midnight = epochMsOf(`${day}T00:00:00Z`);
  let [before, after] = [midnight - 15 * HOUR_MS, midnight + 15 * HOUR_MS];
  while (after - before > 1000) {
    const between = before + Math.floor((after - before) / 2000) * 1000;
    if (dayIn(instantOf(between), timeZone) < day) before = between;
    else after = between;
  }
  return instantOf(after);
}

/** Half open: from its first instant up to the first one of the next month. The home zone only says when it is over. */
export function spanOf(period: Period, homeZone: string): { from: Instant; until: Instant } {
  return {
    from: startOfDay(firstDayOf(period), homeZone),
    until: startOfDay(firstDayOf(nextPeriod(period)), homeZone),
  };
}
