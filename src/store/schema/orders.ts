/** Tables of orders, and of the documents that are made of them and of payouts. */
import type { DocumentState } from '../../domain/documents/document-states.ts';
import type { OrderState, RefundState, ShipmentState } from '../../domain/orders/order-states.ts';
import { type Json, type Instant } from './columns.ts';
import type { ColumnType } from 'kysely';

export interface OrdersTable {
  connection: string;
  order_id: string;
  status: string;
  channel: string;
  fulfilled_by: string;
  marketplace_id: string;
  currency: string | null;
  purchased_at: Instant;
  updated_at: Instant;
  fact: Json;
  state: OrderState;
  blocked_by: string | null;
  told: boolean;
}

export interface ShipmentsTable {
  connection: string;
  shipment_key: string;
  order_id: string;
  shipment_id: string | null;
  shipped_at: Instant;
  fact: Json;
  state: ShipmentState;
  told: boolean;
}

export interface RefundsTable {
  connection: string;
  refund_key: string;
  order_id: string;
  posted_at: Instant;
  fact: Json;
  state: RefundState;
  told: boolean;
  claim_settlement: string | null;
  claim_at: ColumnType<string | null, string | null, string | null>;
}

/** Records of Finances by id: a refund may be several transactions of one second, and a deferred one has a record for its release. */
export interface RefundTransactionsTable {
  connection: string;
  transaction_id: string;
  refund_key: string;
}

/** A refund with an unknown part, by its transaction: gone once it is told in full, or booked from the rows of its settlement. */
export interface UnclearRefundsTable {
  connection: string;
  transaction_id: string;
  order_id: string;
  posted_at: Instant;
  fact: Json;
}

export interface DocumentsTable {
  external_id: string;
  connection: string;
  purpose: string;
  business_key: string;
  part: number;
  record_type: string;
  state: DocumentState;
  attempt: number;
  netsuite_id: string | null;
  tran_id: string | null;
  date: string;
  true_day: string | null;
  currency: string;
  total: bigint;
  order_id: string | null;
  settlement_id: string | null;
  plan: Json;
  failure: string | null;
  sent_at: Instant | null;
  posted_at: Instant | null;
  lines: ColumnType<unknown, string | null | undefined, string | null>;
  lines_at: ColumnType<string | null, string | null | undefined, string | null>;
}

/** Orders that were deleted when their retention had passed: what comes late about them is not taken in. */
export interface PurgedOrdersTable {
  connection: string;
  order_id: string;
  purged_at: Instant;
}
