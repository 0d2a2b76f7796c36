/** What waits of the rows of Amazon's ledger, and why. */
import type { Day } from '../money/instant.ts';
import type { LedgerPlace } from './pools.ts';
import type { StockCode } from './stock-codes.ts';

/** Why units of a row have no answer yet. */
export type WaitingReason =
  /** Its day is not complete, and `grace` has not passed. */
  | 'day-open'
  /** The other half of a pair may still come. */
  | 'pair'
  /** Its fulfilment, its order or its removal shipment may still come. */
  | 'counterpart'
  /** Under `theirs`: the transfer order is not fulfilled to the end. */
  | 'transfer-order'
  /** What its SKU was before cannot be counted, and does not leave. */
  | 'mapped-from'
  | Extract<
      StockCode,
      | 'sku-unknown'
      | 'item-not-countable'
      | 'pool-unknown'
      | 'shipment-unbooked'
      | 'receipt-unknown'
      | 'inbound-over'
      | 'ledger-unknown'
      | 'receipt-not-restocked'
      | 'cost-unknown'
    >;

export interface Waiting {
  row: string;
  pool: string | null;
  day: Day;
  sku: string;
  /** Null where the SKU has none. */
  item: string | null;
  place: LedgerPlace;
  /** NetSuite's, or Amazon's where there is no item. */
  units: number;
  reason: WaitingReason;
}
