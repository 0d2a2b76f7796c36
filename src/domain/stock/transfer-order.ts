/** A transfer order that somebody made for an inbound shipment (`inbound: theirs`), with what of it is under way. */
import type { Day } from '../money/instant.ts';

export interface TransferOrder {
  netsuiteId: string;
  shipmentId: string;
  /** Day of its fulfilment; null: not fulfilled, or in part. */
  fulfilled: Day | null;
  /** Fulfilled less received, and less what is in receipts of ours that are planned and not posted, by item; the oldest fulfilment first. */
  open: readonly OpenOfOrder[];
  /** What left with each fulfilment, the oldest first; of a whole order or of one that left in part. */
  fulfilments: readonly { day: Day; item: string; units: number }[];
}
export interface OpenOfOrder {
  item: string;
  units: number;
  /** Of which it is, where the order left in several: internal id. */
  fulfilment?: string;
}
