import { dayIn, epochMsOf, instantOf, lastDayBefore, type Day, type Instant } from '../money/instant.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `15 Oct 2026` (UTC), also of a day. */
export function renderDay(instant: Instant): string {
  const [year, month, day] = instant.slice(0, 10).split('-') as [string, string, string];
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `15 Oct 2026 07:00Z`. */
export function renderMinute(instant: Instant): string {
  return `${renderDay(instant)} ${instant.slice(11, 16)}Z`;
}

/** `15 Oct`: where the year goes without saying. */
export function renderDayOfYear(instant: Instant): string {
  return renderDay(instant).replace(/ \d{4}$/, '');
}

/** `15–28 Oct 2026`, `28 Sep–12 Oct 2026`, `20 Dec 2026–3 Jan 2027`; one day when both are the same. */
export function renderPeriod(from: Day, to: Day): string {
  if (from === to) return renderDay(to);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))}–${renderDay(to)}`;
  return `${from.slice(0, 4) === to.slice(0, 4) ? renderDayOfYear(from) : renderDay(from)}–${renderDay(to)}`;
}

/** Days of a settlement in the books' zone: it begins at the instant at which the one before it ended. */
export function renderSettlementPeriod({ start, end }: { start: Instant; end: Instant }, timeZone: string): string {
  return renderPeriod(dayIn(instantOf(epochMsOf(start) + 1000), timeZone), lastDayBefore(end, timeZone));
}

/** `47 s`, `1 min 40 s`, `3 h 5 min`, `2 d 4 h`: the two units that matter. */
export function renderDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}
