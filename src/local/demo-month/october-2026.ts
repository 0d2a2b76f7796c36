/** The calendar of the demo month. Payouts run fortnightly, from midnight to midnight in Pacific time (UTC−7 until 1 November). */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Period {
  start: string;
  end: string;
}

/** Each payout begins at the very second where the one before ended. */
export const FIRST_PAYOUT: Period = { start: '2026-10-01T07:00:00Z', end: '2026-10-15T06:59:59Z' };
export const SECOND_PAYOUT: Period = { start: '2026-10-15T06:59:59Z', end: '2026-10-29T06:59:59Z' };

/** The month can be signed: all of it was told, and the last day of the inventory ledger is whole. Then one thing more is told. */
export const SIGNING = '2026-11-04T00:00:00Z';
export const AFTER_SIGNING = '2026-11-04T06:00:00Z';

export function instantOf(epochMs: number): string {
  return `${new Date(Math.floor(epochMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

export function later(instant: string, ms: number): string {
  return instantOf(Date.parse(instant) + ms);
}

/** Amazon's reports come in batches: the next mark of six hours, at least an hour after the fact. */
export function nextBatch(instant: string): string {
  return instantOf(Math.ceil((Date.parse(instant) + HOUR) / (6 * HOUR)) * 6 * HOUR);
}
