/** What the activities of stock take and answer: counts, never what was read. */
import type { OfConnection } from '../activity-inputs.ts';

/** What a reading came to; `skipped` where it is not due yet. */
export type ReadingResult =
  | { result: 'skipped' }
  /** Amazon made no report: nothing is known by it, and it is asked for again. */
  | { result: 'cancelled' }
  /** A report that is not whole: nothing of it was taken in. */
  | { result: 'truncated' }
  | { result: 'read'; rows: number; news: number };

export interface StockReportsActivities {
  takeInLedger(input: OfConnection): Promise<ReadingResult>;
  takeInBalances(input: OfConnection): Promise<ReadingResult>;
  takeInReportLines(
    input: OfConnection & { report: 'returns' | 'removals' | 'reimbursements' },
  ): Promise<ReadingResult>;
}
export interface StockInventoryActivities {
  takeInInbound(input: OfConnection): Promise<ReadingResult>;
}
