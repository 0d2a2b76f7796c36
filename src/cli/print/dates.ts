import type { Instant } from '../../domain/money/instant.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `15 Oct 2026` (UTC). */
export function renderDay(instant: Instant): string {
  const [year, month, day] = instant.slice(0, 10).split('-') as [string, string, string];
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `15 Oct 2026 07:00Z`. */
export function renderMinute(instant: Instant): string {
  return `${renderDay(instant)} ${instant.slice(11, 16)}Z`;
}
