/** What is read of Amazon's stock, how often and how far back (stock.md, *The rows*, *In the hand*). Instants in epoch milliseconds. */
import { addDays, epochMsOf, type Day, type Instant } from '../money/instant.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Reading {
  everyMs: number;
  /** Rows appear late and change: each reading reaches back over the last ones. */
  back: number;
}

/** Amazon makes near-real-time reports anew every 30 minutes at most, daily ones every four hours (amazon.md §5.5). */
export const STOCK_READINGS = {
  ledger: { everyMs: HOUR, back: 35 },
  /** Adjustments are reconciled and corrected for months. */
  adjustments: { everyMs: 7 * DAY, back: 120 },
  balances: { everyMs: DAY, back: 35 },
  returns: { everyMs: 6 * HOUR, back: 35 },
  removals: { everyMs: 6 * HOUR, back: 35 },
  reimbursements: { everyMs: 6 * HOUR, back: 60 },
  inbound: { everyMs: 6 * HOUR, back: 2 },
} as const satisfies Record<string, Reading>;
export type ReadingName = keyof typeof STOCK_READINGS;

/** Rows of these days before `stock.from` are read as well: shipment and fulfilment may lie astride it. */
const DAYS_BEFORE = 3;

/** From when a reading asks: over what was read up to `mark`, and never before the flow begins. */
export function readingFrom({ back }: Reading, from: Day, mark: Instant | null, now: Instant): number {
  const first = epochMsOf(`${addDays(from, -DAYS_BEFORE)}T00:00:00Z`);
  if (mark === null || mark > now) return first;
  return Math.max(first, epochMsOf(mark) - back * DAY);
}
