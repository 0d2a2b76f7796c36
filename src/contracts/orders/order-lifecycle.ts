import { defineSignal } from '@temporalio/workflow';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

export interface OrderInput extends Telling {
  orderId: string;
  /** What the store says at start: an order that has its Sales Order takes up from there. */
  salesOrder: 'needed' | 'posted' | 'not-ours';
  /** All that was ordered is dispatched and billed: only late news can start it again. */
  complete: boolean;
}

/** An order until all that was dispatched is billed. Results in what became of it. */
export type OrderLifecycle = (input: OrderInput) => Promise<string>;
export const ORDER_LIFECYCLE = workflowContract<OrderLifecycle, [orderId: string]>('orderLifecycle', orderWorkflowId);

/** The order has a price now, changed, or was cancelled. */
export const orderChanged = defineSignal('orderChanged');
/** Shipments that the shipment report brought. */
export const dispatched = defineSignal<[{ shipments: string[] }]>('dispatched');
/** Refunds that Finances brought. */
export const refunded = defineSignal<[{ refunds: string[] }]>('refunded');
/** What a SKU is in NetSuite: an itemid, and how many units of it; 1 where nothing is said. */
export interface SkuMapping {
  sku: string;
  item: string;
  units?: number;
}
/** Sent by the decisions workflow, or by a person from Temporal's UI: a claim that the next activity checks. */
export const skuMapped = defineSignal<[SkuMapping]>('skuMapped');
