/** What the order's activities take and answer: small, without amounts of rows or personal data. */
import type { OfConnection } from '../activity-inputs.ts';
import type { SkuMapping } from './order-lifecycle.ts';

export interface OrderRef extends OfConnection {
  orderId: string;
}
export interface ShipmentRef extends OrderRef {
  /** Key of the shipment in the store. */
  shipment: string;
}
export interface RefundRef extends OrderRef {
  /** Key of the refund in the store. */
  refund: string;
}
export interface SalesOrderRef extends OrderRef {
  /** A mapping that came by signal to this order alone: a claim, checked by the activity. */
  claim: SkuMapping | null;
}

/** A person must act; the order waits for `tryAgain`. */
export interface Stopped {
  result: 'stopped';
  exception: number;
  sentence: string;
}

export type SalesOrderResult =
  | { result: 'posted' }
  | { result: 'planned' }
  | { result: 'no-price' }
  | { result: 'waits'; skus: string[]; unusable: string | null }
  | { result: 'cancelled' }
  | { result: 'left-alone' }
  | Stopped;

/** `belowZero`: the bill was cut to zero, and what it could not carry is still to be credited. */
export type DispatchResult = { result: 'done'; complete: boolean; belowZero?: true } | { result: 'planned' } | Stopped;
export type RefundResult = { result: 'done' } | { result: 'planned' } | Stopped;

export interface OrderActivities {
  postSalesOrder(input: SalesOrderRef): Promise<SalesOrderResult>;
  reviseSalesOrder(input: OrderRef): Promise<{ complete: boolean }>;
  closeCancelledOrder(input: OrderRef): Promise<void>;
  postFulfilment(input: ShipmentRef): Promise<DispatchResult>;
  billShipment(input: ShipmentRef): Promise<DispatchResult>;
  postSaleMemo(input: ShipmentRef): Promise<DispatchResult>;
  postReturnAuthorisation(input: RefundRef): Promise<RefundResult>;
  postCreditMemo(input: RefundRef): Promise<RefundResult>;
}
