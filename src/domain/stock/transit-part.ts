/** Parts of what the two sides of in transit have on different days (`transit-astride.ts`, `orders-astride.ts`). */
import type { Day } from '../money/instant.ts';

/** A part of Amazon's units less NetSuite's, of an item in transit. */
export interface TransitAstride {
  pool: string;
  item: string;
  /** `waiting`: Amazon's side has it, `ahead`: NetSuite's. */
  term: 'waiting' | 'ahead';
  /** Signed as the difference. */
  units: number;
  /** On which the one side has it, and the other; null: not known yet. */
  day: Day;
  ends: Day | null;
  /** Of ours by its external id; of a transfer order by NetSuite's internal id; a shipment by its own, where no order has it. */
  document: string;
  /** The shipment of which a transfer order has other units than Amazon; null: it is about a document of ours. */
  shipment: string | null;
}

/** By a line of a document of ours. */
export interface Moved {
  pool: string;
  item: string;
  /** Into transit, or out of it. */
  units: number;
  cause: Day;
  booked: Day | null;
  document: string;
  shipmentId: string | null;
  /** A receipt of a transfer order, which takes out of that. */
  isOfOrder: boolean;
  /** By what somebody decided of the shipment, and not by what Amazon received. */
  isDecided: boolean;
}
