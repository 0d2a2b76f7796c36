/** Work of the store that no workflow does: what the reconciler will take up with its next look. */
import type { Client } from '@temporalio/client';
import type { RunningWorld } from '../../config/running-world.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { orderWorkflowId, payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { counted } from '../../domain/money/render-amount.ts';
import type { Database } from '../../store/database.ts';
import { unfinishedOrders, unfinishedPayouts } from '../../store/reconciler/unfinished.ts';
import { runningWorkflows } from '../../temporal/running-workflows.ts';
import { withTemporal } from '../../temporal/running-temporal.ts';
import { PAYOUT } from '../../contracts/payouts/payout.ts';
import { ORDER_LIFECYCLE } from '../../contracts/orders/order-lifecycle.ts';

export interface WithoutWorkflow {
  orders: number;
  payouts: number;
}

const PAGE = 1000;

/** Of some connections; empty where Temporal does not answer, which `doctor` says. */
export async function withoutWorkflows(
  world: RunningWorld,
  db: Database,
  connections: readonly string[],
): Promise<Map<string, WithoutWorkflow>> {
  try {
    return await withTemporal(world, async (client) => {
      const found = connections.map(async (name) => [name, await withoutWorkflow(client, db, name)] as const);
      return new Map(await Promise.all(found));
    });
  } catch (error) {
    if (error instanceof TieoutError) return new Map();
    throw error;
  }
}

/** Orders whose news is still to be told do not count: the next intake starts them. */
export async function withoutWorkflow(client: Client, db: Database, connection: string): Promise<WithoutWorkflow> {
  const [orders, payouts] = await Promise.all([
    runningWorkflows(client, connection, ORDER_LIFECYCLE),
    runningWorkflows(client, connection, PAYOUT),
  ]);
  const lost: WithoutWorkflow = { orders: 0, payouts: 0 };
  for (let after = ''; ;) {
    const page = await unfinishedOrders(db, connection, after, PAGE);
    lost.orders += page.filter(({ told, orderId }) => told && !orders.has(orderWorkflowId(connection, orderId))).length;
    if (page.length < PAGE) break;
    after = page.at(-1)!.orderId;
  }
  lost.payouts = (await unfinishedPayouts(db, connection)).filter(
    ({ settlementId, state }) => state !== 'found' && !payouts.has(payoutWorkflowId(connection, settlementId)),
  ).length;
  return lost;
}

/** `3 orders and 1 payout`, or null where everything has its workflow. */
export function renderWithoutWorkflow({ orders, payouts }: WithoutWorkflow): string | null {
  const parts = [
    ...(orders === 0 ? [] : [counted(orders, 'order')]),
    ...(payouts === 0 ? [] : [counted(payouts, 'payout')]),
  ];
  return parts.length === 0 ? null : parts.join(' and ');
}
