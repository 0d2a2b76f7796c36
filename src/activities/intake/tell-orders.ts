import { heartbeat } from '@temporalio/activity';
import pMap from 'p-map';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { marketplaceById } from '../../config/marketplaces.ts';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { workflowQueue } from '../../domain/identifiers/task-queue.ts';
import { waitedKeys } from '../../store/decisions.ts';
import { markTold, untoldOrders, type UntoldOrder } from '../../store/orders.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import { dispatched, orderChanged, refunded, type OrderInput } from '../../workflows/orders/order-lifecycle.contract.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';

const BATCH = 500;
/** Signals that are under way at one time. */
const AT_ONCE = 10;
/** What was told of these is written down in one go; a process that dies before tells them once more. */
const MARKED_TOGETHER = 50;

/**
 * Tells each order's workflow its news by signal-with-start. Idempotent: news stays untold until the signal has been
 * accepted, and an order takes the same news twice without harm.
 */
export function createTellOrders(deps: Dependencies) {
  return async function tellOrders(input: { connection: string; policy: ActivityPolicy }): Promise<{ told: number; waitedSkus: number }> {
    const live = connectionOf(deps, input.connection).settings.posting === 'live';
    let told = 0;
    for (;;) {
      const orders = await untoldOrders(deps.store.db, input.connection, live, BATCH);
      for (let start = 0; start < orders.length; start += MARKED_TOGETHER) {
        const some = orders.slice(start, start + MARKED_TOGETHER);
        await pMap(some, (order) => tell(deps, input.connection, order, input.policy), { concurrency: AT_ONCE });
        await markTold(deps.store.db, input.connection, some, live);
        told += some.length;
        heartbeat(told);
      }
      if (orders.length < BATCH) break;
    }
    return { told, waitedSkus: (await waitedKeys(deps.store.db, input.connection, 'sku')).length };
  };
}

/** One signal for each kind of news; first sight and dispatch are one signal each, so an order without trouble costs two. One that has its Sales Order hears of a change beside its dispatch. */
async function tell(deps: Dependencies, connection: string, order: UntoldOrder, policy: ActivityPolicy): Promise<void> {
  const salesOrder = order.state === null ? 'not-ours' : order.state === 'ordered' || order.state === 'billed' ? 'posted' : 'needed';
  const argument: OrderInput = { connection, orderId: order.orderId, salesOrder, complete: order.state === 'billed', policy };
  const start = {
    workflowId: orderWorkflowId(connection, order.orderId), taskQueue: workflowQueue(), args: [argument] as [OrderInput],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE, workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `Amazon order ${order.orderId}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.connection, value: connection },
      { key: SEARCH_ATTRIBUTES.amazonOrderId, value: order.orderId },
      { key: SEARCH_ATTRIBUTES.marketplace, value: marketplaceById(order.marketplaceId ?? '')?.domain ?? 'unknown' },
      { key: SEARCH_ATTRIBUTES.state, value: 'open' },
    ],
  };
  const client = deps.temporal.workflow;
  if (order.shipments.length > 0) await client.signalWithStart('orderLifecycle', { ...start, signal: dispatched, signalArgs: [{ shipments: order.shipments }] });
  if (order.refunds.length > 0) await client.signalWithStart('orderLifecycle', { ...start, signal: refunded, signalArgs: [{ refunds: order.refunds }] });
  if (order.orderNews && (order.shipments.length === 0 || salesOrder === 'posted')) await client.signalWithStart('orderLifecycle', { ...start, signal: orderChanged, signalArgs: [] });
}
