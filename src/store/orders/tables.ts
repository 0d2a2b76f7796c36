/** Tables of orders, of what was shipped and refunded, and of orders whose facts were deleted. */
import type { ColumnType } from 'kysely';
import type { OrderState, RefundState, ShipmentState } from '../../domain/orders/order-states.ts';
import type { Instant, Json } from '../columns.ts';

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

/** Orders that were deleted when their retention had passed: what comes late about them is not taken in. */
export interface PurgedOrdersTable {
  connection: string;
  order_id: string;
  purged_at: Instant;
}
