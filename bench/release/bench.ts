/** Many orders wait for one SKU; one decision releases them all. */
import { orderWorkflowId } from '../../src/domain/identifiers/workflow-id.ts';
import { waitUntilIdle } from '../../src/operations/intake/wait-until-idle.ts';
import { openWorld } from '../../test/end-to-end/world-under-test.ts';
import { startWorkerProcesses } from '../../test/faults/worker-process.ts';
import type { Bench } from '../bench.ts';
import { costsOf, sumCosts, type HistoryCosts } from '../orders/history-costs.ts';
import { month, SEEN } from '../orders/month.ts';

export interface ReleaseResult {
  orders: number;
  /** From the decision until it is answered, and until the last of the orders has its Sales Order. */
  answeredAfterSeconds: number;
  releasedAfterSeconds: number;
  ordersPerSecond: number;
  netsuiteCallsPerOrder: number;
  /** Temporal actions of an order from the decision to its Sales Order. */
  actionsPerOrder: number;
}

const ORDERS = 500;
const SKU = 'SKU-NEW';

export const bench: Bench<ReleaseResult> = {
  about:
    'Release: orders that wait for one SKU, and one decision that releases all of them; one worker process, the simulator without latency',
  run: measure,
  render: (result) => [
    `${result.orders} orders released by one decision, which was answered after ${result.answeredAfterSeconds.toFixed(1)} s; the last Sales Order came after ${result.releasedAfterSeconds.toFixed(1)} s, ${result.ordersPerSecond.toFixed(1)} a second`,
    `${result.netsuiteCallsPerOrder.toFixed(2)} NetSuite calls and ${result.actionsPerOrder.toFixed(2)} Temporal actions an order`,
  ],
};

async function measure(arguments_: readonly string[]): Promise<ReleaseResult> {
  const count = Number(arguments_[arguments_.indexOf('--orders') + 1] ?? '') || ORDERS;
  const { world: told, orders } = month(count, () => SKU);
  let calls = 0;
  const world = await openWorld({
    world: {
      ...told,
      catalogue: [
        { ...told.catalogue[0]!, sku: SKU, inNetSuite: false, upc: null },
        { ...told.catalogue[0]!, sku: 'SKU-OLD', upc: '012345678905' },
      ],
    },
    workers: 'none',
    onNetSuiteCall: (line) => {
      if (!line.includes('/oauth2/')) calls += 1;
    },
  });
  const costs = async (): Promise<HistoryCosts> => {
    const all: HistoryCosts[] = [];
    for (const order of orders) all.push(await costsOf(world.client, orderWorkflowId(world.connection, order)));
    return sumCosts(all);
  };
  try {
    const workers = await startWorkerProcesses(world);
    await fetch(`${world.amazonUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: SEEN }),
    });
    await world.run('orderIntake', `order-intake:${world.connection}`, {
      connection: world.connection,
      policy: world.policy,
    });
    if (!(await waitUntilIdle(world.store.db, world.connection, 300_000, () => false)))
      throw new Error('the orders do not come to wait');
    const [exception] = (await world.tieOut()).openExceptions;
    if (exception?.what !== `NetSuite has no item for SKU ${SKU} · ${count} orders`)
      throw new Error(`what waits is told as: ${exception?.what}`);
    const before = await costs();
    calls = 0;
    const from = performance.now();
    const { released } = await world.decide({ kind: 'sku', key: SKU, choice: 'SKU-OLD' });
    const answeredAfterSeconds = (performance.now() - from) / 1000;
    if (released !== count) throw new Error(`${released} of ${count} orders were released`);
    await world.until(
      async () =>
        Number(
          (
            await world.store.db
              .selectFrom('orders')
              .select(({ fn }) => fn.countAll().as('count'))
              .where('state', '=', 'ordered')
              .executeTakeFirstOrThrow()
          ).count,
        ),
      (ordered) => ordered === count,
      300,
    );
    const releasedAfterSeconds = (performance.now() - from) / 1000;
    const made = calls;
    const after = await costs();
    await workers.stop();
    return {
      orders: count,
      answeredAfterSeconds,
      releasedAfterSeconds,
      ordersPerSecond: count / releasedAfterSeconds,
      netsuiteCallsPerOrder: made / count,
      actionsPerOrder: (after.actions - before.actions) / count,
    };
  } finally {
    await world.close();
  }
}
