import { heartbeat } from '@temporalio/activity';
import pMap from 'p-map';
import { orderWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { orderInStep } from '../../domain/orders/order-in-step.ts';
import { unfinishedOrders, type UnfinishedOrder } from '../../store/reconciler/unfinished.ts';
import { describeRunning, runningWorkflows } from '../../temporal/running-workflows.ts';
import type { Dependencies } from '../dependencies.ts';
import { signalIfRunning } from '../signal-if-running.ts';
import { tellOrder } from '../tell-order.ts';
import type { TakenUp } from '../../contracts/reconciler/reconciler.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { ORDER_LIFECYCLE } from '../../contracts/orders/order-lifecycle.ts';
import { tryAgain } from '../../contracts/try-again.ts';

const PAGE = 500;
/** Workflows that are asked or told at one time. */
const AT_ONCE = 10;

/**
 * Compares the store's unfinished orders with the workflows that run, and tells those that are out of step what there is to
 * do: all that is unfinished, whether it was told before or not. Temporal is asked first: what begins or ends between the
 * two looks is told at most once too often. Idempotent: telling starts no second workflow, and no document is posted twice.
 */
export function createTakeUpOrders(deps: Dependencies) {
  return async function takeUpOrders(input: Telling): Promise<TakenUp> {
    const running = await runningWorkflows(deps.temporal, input.connection, ORDER_LIFECYCLE);
    const taken: TakenUp = { started: 0, told: 0 };
    for (let after = ''; ;) {
      const orders = await unfinishedOrders(deps.store.db, input.connection, after, PAGE);
      await pMap(
        orders,
        async (order) => {
          const waits = running.get(orderWorkflowId(input.connection, order.orderId));
          // One that has nothing to do but to wait, and says so, is not asked.
          if (waits !== undefined && waits === order.waits && !order.due) return;
          await takeUp(deps, input, order, waits !== undefined, taken);
          heartbeat(order.orderId);
        },
        { concurrency: AT_ONCE },
      );
      if (orders.length < PAGE) return taken;
      after = orders.at(-1)!.orderId;
    }
  };
}

/** The same for orders that a signal did not reach. */
export async function takeUpLost(deps: Dependencies, input: Telling, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const orders = await unfinishedOrders(deps.store.db, input.connection, '', orderIds.length, orderIds);
  await pMap(orders, (order) => tellOrder(deps, input.connection, order, input.policy), { concurrency: AT_ONCE });
}

async function takeUp(
  deps: Dependencies,
  { connection, policy }: Telling,
  read: UnfinishedOrder,
  listed: boolean,
  taken: TakenUp,
): Promise<void> {
  const workflowId = orderWorkflowId(connection, read.orderId);
  const workflow = listed ? await describeRunning(deps.temporal, workflowId) : null;
  if (orderInStep(read, workflow) === 'in step') return;
  // It may have come to its end since it was read.
  const [order] = await unfinishedOrders(deps.store.db, connection, '', 1, [read.orderId]);
  const step = order === undefined ? 'in step' : orderInStep(order, workflow);
  if (step === 'in step' || (step === 'wake' && !(await signalIfRunning(deps, workflowId, tryAgain)))) return;
  if (step === 'tell') await tellOrder(deps, connection, order!, policy);
  taken[workflow === null ? 'started' : 'told'] += 1;
}
