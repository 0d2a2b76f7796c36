import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { marketplaceById } from '../config/marketplaces.ts';
import { orderIs } from '../domain/orders/order-states.ts';
import { workflowQueue } from '../contracts/task-queues.ts';
import type { OrderNews } from '../store/orders/orders.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';
import {
  dispatched,
  ORDER_LIFECYCLE,
  orderChanged,
  refunded,
  type OrderInput,
} from '../contracts/orders/order-lifecycle.ts';
import type { Connection } from './connection.ts';

/**
 * Tells the workflow of an order its news, starting it where none runs: one signal for each kind of news. First sight and
 * dispatch are one signal each, so an order without trouble costs two. One that has its Sales Order hears of a change beside
 * its dispatch. Telling the same twice does no harm.
 */
export async function tellOrder(connection: Connection, order: OrderNews, policy: ActivityPolicy): Promise<void> {
  const salesOrder = order.state === null ? 'not-ours' : orderIs.placed(order.state) ? 'posted' : 'needed';
  const argument: OrderInput = {
    connection: connection.name,
    orderId: order.orderId,
    salesOrder,
    complete: order.state === 'billed',
    policy,
  };
  const start = {
    workflowId: ORDER_LIFECYCLE.idOf(connection.name, order.orderId),
    taskQueue: workflowQueue(),
    args: [argument] as [OrderInput],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `Amazon order ${order.orderId}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.connection, value: connection.name },
      { key: SEARCH_ATTRIBUTES.amazonOrderId, value: order.orderId },
      { key: SEARCH_ATTRIBUTES.marketplace, value: marketplaceById(order.marketplaceId ?? '')?.domain ?? 'unknown' },
      { key: SEARCH_ATTRIBUTES.state, value: 'open' },
    ],
  };
  const client = connection.temporal.workflow;
  if (order.shipments.length > 0)
    await client.signalWithStart(ORDER_LIFECYCLE.name, {
      ...start,
      signal: dispatched,
      signalArgs: [{ shipments: order.shipments }],
    });
  if (order.refunds.length > 0)
    await client.signalWithStart(ORDER_LIFECYCLE.name, {
      ...start,
      signal: refunded,
      signalArgs: [{ refunds: order.refunds }],
    });
  if (order.orderNews && (order.shipments.length === 0 || salesOrder === 'posted'))
    await client.signalWithStart(ORDER_LIFECYCLE.name, { ...start, signal: orderChanged, signalArgs: [] });
}
