/**
 * Instants are ISO 8601 in UTC to the second (`2026-10-29T06:59:59Z`); days are `2026-10-28` in the
 * marketplace's time zone. Both sort as text.
 */
export type Instant = string;
export type Day = string;

/** Instant of epoch milliseconds, fractions of a second cut off. */
export function instantOf(epochMs: number): Instant {
  return `${new Date(Math.floor(epochMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Calendar day of an instant in a time zone (IANA name): the day that the books show. */
export function dayIn(instant: Instant, timeZone: string): Day {
  if (timeZone === 'UTC') return instant.slice(0, 10);
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // The Swedish locale writes ISO dates.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  // A year before 1000, as damaged dates have it, is written without its zeros and would not sort.
  return formatter.format(new Date(instant)).padStart(10, '0');
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock shows in a time zone, `08:00`: it sorts as text within a day. */
export function timeIn(instant: Instant, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
    clocks.set(timeZone, clock);
  }
  return clock.format(new Date(instant));
}

/** No zone's midnight is further from that of UTC; none is off the quarters of an hour. */
const FARTHEST_MS = 15 * 3_600_000;
const QUARTER_MS = 15 * 60_000;

/** The first moment of a day in a time zone; where clocks go on at midnight, the first that there is. */
export function startOfDay(day: Day, timeZone: string): Instant {
  const utc = Date.parse(`${day}T00:00:00Z`);
  for (let at = utc - FARTHEST_MS; at < utc + FARTHEST_MS; at += QUARTER_MS)
    if (dayIn(instantOf(at), timeZone) === day) return instantOf(at);
  throw new Error(`bug: ${day} is no day in ${timeZone}`);
}

/** The day of the last second before an instant: what ends at midnight belongs to the day before. */
export function lastDayBefore(instant: Instant, timeZone: string): Day {
  return dayIn(instantOf(epochMsOf(instant) - 1000), timeZone);
}

/** `20261029T065959`: an instant inside a business key (UTC, to the second). */
export function compactInstant(instant: Instant): string {
  return instant.slice(0, 19).replace(/[-:]/g, '');
}

/** Month of a day, `2026-10`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** Last day of the month of a day. */
export function lastDayOfMonth(day: Day): Day {
  const last = new Date(`${monthOf(day)}-01T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return last.toISOString().slice(0, 10);
}

/** The last days of the months that end from a day on and before the month of another: `2026-09-30`, `2026-10-31`. */
export function monthEndsBetween(from: Day, to: Day): Day[] {
  const ends: Day[] = [];
  for (let end = lastDayOfMonth(from); monthOf(end) < monthOf(to); end = lastDayOfMonth(addDays(end, 1)))
    ends.push(end);
  return ends;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of a later or an earlier month, its last where that month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const first = new Date(`${monthOf(day)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = lastDayOfMonth(first.toISOString().slice(0, 10));
  return `${monthOf(last)}-${day.slice(8) < last.slice(8) ? day.slice(8) : last.slice(8)}`;
}
