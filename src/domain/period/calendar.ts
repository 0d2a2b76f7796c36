/** Months of the books, `2026-10` (close.md, *The period*). */
import { addWorkingDays } from '../matching/working-days.ts';
import { addDays, dayIn, lastDayOfMonth, monthOf, type Day, type Instant } from '../money/instant.ts';

export type Period = string;

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

/**
 * Why a month cannot be decided about, as a sentence; null where it can.
 * @param first the month of the cut-over
 * @param current the month that it is
 */
export function explainNoMonth(period: Period, first: Period, current: Period): string | null {
  if (period < first)
    return `${period} is before the first month, ${first}: what was before the cut-over is closed in the books of before.`;
  if (period > current) return `${period} has not begun: it is ${current}.`;
  return null;
}

/** Whether something ended in a month of the home zone: a settlement is of the month in which it ends. */
export function endedIn(period: Period, homeZone: string): (one: { end: Instant }) => boolean {
  return ({ end }) => monthOf(dayIn(end, homeZone)) === period;
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
