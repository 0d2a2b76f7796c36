/** What the activities of stock take and answer: counts and keys, never what was read. */
import type { OfConnection, Telling } from '../activity-inputs.ts';
import type { InboundRef } from './inbound.ts';

/** What a reading came to; `skipped` where it is not due yet. */
export type ReadingResult =
  | { result: 'skipped' }
  /** Amazon made no report: nothing is known by it, and it is asked for again. */
  | { result: 'cancelled' }
  /** What was told is not whole: it is asked for again from where it began. */
  | { result: 'truncated' }
  | { result: 'read'; rows: number; news: number };

export interface StockReportsActivities {
  takeInLedger(input: OfConnection): Promise<ReadingResult>;
  /** Adjustments of months ago, which Amazon still corrects. */
  takeInAdjustments(input: OfConnection): Promise<ReadingResult>;
  takeInBalances(input: OfConnection): Promise<ReadingResult>;
  takeInReportLines(
    input: OfConnection & { report: 'returns' | 'removals' | 'reimbursements' },
  ): Promise<ReadingResult>;
}
export interface StockInventoryActivities {
  takeInInbound(input: OfConnection): Promise<ReadingResult>;
  /** What is at Amazon now, of every pool. */
  takeInSnapshot(input: OfConnection): Promise<ReadingResult>;
}

/** What was planned: how much is new, and what may be sent, in the order in which it is to be. */
export interface StockPlanned {
  /** Documents that are new. */
  documents: number;
  /** External ids, at most {@link DOCUMENTS_AT_ONCE}. */
  send: string[];
  /** More may be sent than `send` names: another round follows. */
  more: boolean;
  /** There are more rows than one run takes: the next takes later days, once these are settled. */
  isBehind: boolean;
  /** Authorisations of which units have to be closed, by NetSuite's internal id. */
  close: string[];
  /** Days that are complete, as `{pool} {day}`; what was planned before this field came has none. */
  complete?: string[];
  /** Rows that wait, and problems that a person must look at. */
  waiting: number;
  problems: number;
}
export const DOCUMENTS_AT_ONCE = 100;

/** `complete`: days that planning has just found complete; where nothing is said, they are found out anew. */
export type ToSquare = OfConnection & Pick<StockPlanned, 'complete'>;

/** Items and places that agree at the end of the last whole day, in transit too, of all that there are. */
export interface StockSquared {
  /** Null while there is no whole day. */
  day: string | null;
  agree: number;
  all: number;
}

/** Where a shipment stands, in a sentence; over where it is closed and nothing of it is open. */
export interface InboundToldOf {
  sentence: string;
  isOver: boolean;
}

export interface StockStoreActivities {
  planStock(input: OfConnection): Promise<StockPlanned>;
  squareStock(input: ToSquare): Promise<StockSquared>;
  tellInbound(input: Telling): Promise<{ told: number }>;
  standInbound(input: InboundRef): Promise<InboundToldOf>;
}

/** What NetSuite said of its stock: documents that are new or changed there. */
export interface NetSuiteStockReading {
  documents: number;
  /** All movements were read again, since their sums were not what NetSuite has on hand. */
  readAgain: boolean;
}

/** What became of a document: `short` where NetSuite lacks the units, `stopped` where a person must act. */
export type StockPosting = 'posted' | 'planned' | 'short' | 'stopped';

export interface StockNetSuiteActivities {
  readNetSuiteStock(input: OfConnection): Promise<NetSuiteStockReading>;
  postStockDocument(input: OfConnection & { externalId: string }): Promise<StockPosting>;
  /** Closes units of return authorisations that will not come, of one authorisation. */
  closeReturnUnits(input: OfConnection & { authorisation: string }): Promise<void>;
}
