import { heartbeat } from '@temporalio/activity';
import pMap from 'p-map';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { orderInStep } from '../../domain/orders/order-in-step.ts';
import { unfinishedOrders, type UnfinishedOrder } from '../../store/reconciler/unfinished.ts';
import { describeRunning, runningWorkflows } from '../../temporal/running-workflows.ts';
import type { Connection } from '../connection.ts';
import { signalIfRunning } from '../signal-if-running.ts';
import { tellOrder } from '../tell-order.ts';
import type { TakenUp } from '../../contracts/reconciler/reconciler.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { ORDER_LIFECYCLE } from '../../contracts/orders/order-lifecycle.ts';
import { lookAgain } from '../../contracts/try-again.ts';

const PAGE = 500;
/** Workflows that are asked or told at one time. */
const AT_ONCE = 10;

/**
 * Compares the store's unfinished orders with the workflows that run, and tells those that are out of step what there is to
 * do: all that is unfinished, whether it was told before or not. Temporal is asked first: what begins or ends between the
 * two looks is told at most once too often. Idempotent: telling starts no second workflow, and no document is posted twice.
 */
export async function takeUpOrders(connection: Connection, { policy }: Telling): Promise<TakenUp> {
  const running = await runningWorkflows(connection.temporal, connection.name, ORDER_LIFECYCLE);
  const taken: TakenUp = { started: 0, told: 0 };
  for (let after = ''; ;) {
    const orders = await unfinishedOrders(connection.db, connection.name, after, PAGE);
    await pMap(
      orders,
      async (order) => {
        const waits = running.get(orderWorkflowId(connection.name, order.orderId));
        // One that has nothing to do but to wait, and says so, is not asked.
        if (waits !== undefined && waits === order.waits && !order.due) return;
        const step = await takeUp(connection, policy, order, { listed: waits !== undefined });
        if (step !== null) taken[step] += 1;
        heartbeat(order.orderId);
      },
      { concurrency: AT_ONCE },
    );
    if (orders.length < PAGE) return taken;
    after = orders.at(-1)!.orderId;
  }
}

/** The same for orders that a signal did not reach. */
export async function takeUpLost(
  connection: Connection,
  policy: ActivityPolicy,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  const orders = await unfinishedOrders(connection.db, connection.name, '', orderIds.length, orderIds);
  await pMap(orders, (order) => tellOrder(connection, order, policy), { concurrency: AT_ONCE });
}

async function takeUp(
  connection: Connection,
  policy: ActivityPolicy,
  read: UnfinishedOrder,
  { listed }: { listed: boolean },
): Promise<keyof TakenUp | null> {
  const workflowId = orderWorkflowId(connection.name, read.orderId);
  const workflow = listed ? await describeRunning(connection.temporal, workflowId) : null;
  if (orderInStep(read, workflow) === 'in step') return null;
  // It may have come to its end since it was read.
  const [order] = await unfinishedOrders(connection.db, connection.name, '', 1, [read.orderId]);
  const step = order === undefined ? 'in step' : orderInStep(order, workflow);
  if (step === 'in step' || (step === 'wake' && !(await signalIfRunning(connection, workflowId, lookAgain))))
    return null;
  if (step === 'tell') await tellOrder(connection, order!, policy);
  return workflow === null ? 'started' : 'told';
}
