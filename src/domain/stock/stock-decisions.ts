/** What a person decides about stock. `day` is that of the decision; documents that a decision makes are dated it. */
import type { Role } from '../mapping/roles.ts';
import type { Day } from '../money/instant.ts';
import type { LedgerPlace, Place } from './pools.ts';

interface Decided {
  /** Of the decision in the record: two that say the same are one. */
  id: string;
  day: Day;
}

/** What becomes of all rows of an event type and reason that the table of answers does not know. */
export interface MapMovement extends Decided {
  kind: 'mapMovement';
  eventType: string;
  reason: string;
  answer: 'adjust' | 'pair' | 'outside';
}
/** Rows that nothing answers become an adjustment on this role. */
export interface AnswerRows extends Decided {
  kind: 'answerRows';
  rows: readonly string[];
  role: Role;
}
/** A movement of somebody else: its opposite is posted, or it is the answer of these rows. */
export interface ExplainForeign extends Decided {
  kind: 'explainForeign';
  /** NetSuite's internal id; sent, it may be the document's number (`ADJ10005`). */
  document: string;
  choice: 'counter' | 'answers';
  rows: readonly string[];
  /** What NetSuite had of its open lines when it was decided: what is changed later is decided anew. None is known of what was taken by an earlier version. */
  stood?: readonly StoodLine[];
}
/** Units of an item at a place that a line of NetSuite moved. */
export interface StoodLine {
  document: string;
  line: number;
  pool: string;
  place: Place;
  item: string;
  units: number;
  /** On which NetSuite had it; none is known of what was taken by an earlier version. */
  day?: Day;
}
/** Of one SKU of a shipment, or of receipts of an unknown one (`shipmentId` is their reference). */
export interface DecideInbound extends Decided {
  kind: 'decideInbound';
  shipmentId: string;
  sku: string;
  choice: 'wait' | 'lost' | 'returned' | 'take-from-source' | 'found';
}
export interface CloseGap extends Decided {
  kind: 'closeGap';
  pool: string;
  item: string;
  place: LedgerPlace;
  /** NetSuite's, signed as the gap. */
  units: number;
  /** The pool whose gap made up for these units when it was decided: they are moved there, or came from there. */
  other?: string;
}
/** `items` null: all. */
export interface ApproveOpening extends Decided {
  kind: 'approveOpening';
  pool: string;
  items: readonly string[] | null;
}
export interface ApproveAdjustment extends Decided {
  kind: 'approveAdjustment';
  /** External id. */
  document: string;
}

export type StockDecision =
  MapMovement | AnswerRows | ExplainForeign | DecideInbound | CloseGap | ApproveOpening | ApproveAdjustment;

/** What is decided, before it has a number and a day. */
export type TakenDecision = {
  [K in StockDecision['kind']]: Omit<Extract<StockDecision, { kind: K }>, 'id' | 'day'>;
}[StockDecision['kind']];

/** Decisions of one kind, in the order in which they were taken. */
export function decisionsOf<K extends StockDecision['kind']>(
  decisions: readonly StockDecision[],
  kind: K,
): Extract<StockDecision, { kind: K }>[] {
  return decisions.filter((decision): decision is Extract<StockDecision, { kind: K }> => decision.kind === kind);
}
