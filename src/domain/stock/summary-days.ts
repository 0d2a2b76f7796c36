/** Days and months of the ledger's summary, and when Amazon's word on them is final (amazon.md §5.2). */
import { addDays, epochMsOf, type Day, type Instant } from '../money/instant.ts';

const HOUR = 3_600_000;

/** From one day to another, both among them. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The last day of the last month that was over when a day ended. */
export function lastMonthEnd(day: Day): Day {
  return isMonthEnd(day) ? day : addDays(`${day.slice(0, 7)}-01`, -1);
}
const isMonthEnd = (day: Day): boolean => addDays(day, 1).endsWith('-01');

/** The first day of a month so many months before that of a day. */
export function monthsBefore(day: Day, months: number): Day {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 10);
}

/** Within 24 hours of its end, wherever that was: Hawaii's day ends at 10:00 UTC. */
export function dayIsFinal(day: Day, readAt: Instant): boolean {
  return epochMsOf(readAt) >= epochMsOf(finalAt(day));
}

/** From when on it is. */
export function finalAt(day: Day): Instant {
  return new Date(epochMsOf(`${addDays(day, 1)}T00:00:00Z`) + 34 * HOUR).toISOString().replace('.000Z', 'Z');
}

/** The last day that is. */
export function lastFinalDay(readAt: Instant): Day {
  return new Date(epochMsOf(readAt) - 58 * HOUR).toISOString().slice(0, 10);
}

/** By the end of the 2nd of the next one. */
export function monthIsFinal(lastDay: Day, readAt: Instant): boolean {
  return epochMsOf(readAt) >= epochMsOf(`${addDays(lastDay, 3)}T00:00:00Z`) + 10 * HOUR;
}
