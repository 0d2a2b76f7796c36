/** Orders from first sight to billed and their payout to settled, beside the same workflows with nothing in them on the same server. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { orderWorkflowId, payoutWorkflowId } from '../../src/domain/identifiers/workflow-id.ts';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.ts';
import { openWorld, type WorldUnderTest } from '../../test/end-to-end/world-under-test.ts';
import { startWorkerProcesses } from '../../test/faults/worker-process.ts';
import type { Bench } from '../bench.ts';
import { costsOf, sumCosts, type HistoryCosts } from './history-costs.ts';
import { processorSeconds, since } from './processor-time.ts';
import { gone, seen } from './empty-order.ts';
import { DISPATCHED, month, REFUNDED, SEEN, SETTLED, SETTLEMENT } from './month.ts';

/** Five pairs, and of them the one whose ratio is the median. */
export interface OrdersResult extends OrdersPair {
  /** Of all pairs, the smallest first. */
  ratios: number[];
}

/** The product between two runs of empty workflows, in one world. */
interface OrdersPair {
  orders: number;
  ordersPerSecond: number;
  baselinePerSecond: number;
  ratio: number;
  actionsPerOrder: number;
  eventsPerOrder: number;
  /** Beyond the order's own. */
  actionsPerRefund: number;
  settlingActionsPerOrder: number;
  netsuiteCallsPerOrder: Record<string, number>;
  payoutSeconds: number;
}

const ORDERS = 400;
/** One run alone differs by a fifth from the next, since others work on the machine. */
const PAIRS = 5;

export const bench: Bench<OrdersResult> = {
  about:
    'Orders: from first sight to billed, then their payout to settled, beside empty workflows of the same shape on the same server; one worker process each; the median of five pairs (--orders N, --pairs N)',
  run: measure,
  render: (result) => [
    `${result.orders} orders: ${result.ordersPerSecond.toFixed(1)} a second beside ${result.baselinePerSecond.toFixed(1)} empty ones, ratio ${result.ratio.toFixed(2)} (aim: at least 0.8), the median of ${result.ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
    `${result.actionsPerOrder.toFixed(2)} actions (5) and ${result.eventsPerOrder.toFixed(1)} events (30) an order, ${result.actionsPerRefund.toFixed(2)} actions a refund (3), ${result.settlingActionsPerOrder.toFixed(3)} actions an order for settling (0.05)`,
    `NetSuite calls an order: ${total(result.netsuiteCallsPerOrder).toFixed(2)} (3.2): ${Object.entries(
      result.netsuiteCallsPerOrder,
    )
      .map(([kind, count]) => `${kind} ${count.toFixed(2)}`)
      .join(', ')}`,
    `their payout was tied ${result.payoutSeconds.toFixed(1)} s after its report was there`,
  ],
};

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

async function measure(arguments_: readonly string[]): Promise<OrdersResult> {
  const given = (name: string, orElse: number) =>
    arguments_.includes(name) ? Number(arguments_[arguments_.indexOf(name) + 1]) || orElse : orElse;
  const pairs: OrdersPair[] = [];
  for (let pair = 1; pair <= given('--pairs', PAIRS); pair += 1) {
    pairs.push(await measurePair(given('--orders', ORDERS)));
    process.stderr.write(`pair ${pair}: ratio ${pairs.at(-1)!.ratio.toFixed(2)}\n`);
  }
  const sorted = pairs.sort((a, b) => a.ratio - b.ratio);
  return { ...sorted[Math.floor(sorted.length / 2)]!, ratios: sorted.map(({ ratio }) => ratio) };
}

async function measurePair(count: number): Promise<OrdersPair> {
  const { world: told, orders, refunded } = month(count);
  const calls = new Map<string, number>();
  const world = await openWorld({
    world: told,
    workers: 'none',
    onNetSuiteCall: (line) => calls.set(kindOf(line), (calls.get(kindOf(line)) ?? 0) + 1),
  });
  try {
    // Before and after: who else is at work on the machine is in the way of both.
    const emptySeconds = await emptyOrders(world, orders, 'before');
    const workers = await startWorkerProcesses(world, { timed: true });
    const spent = () => processorSeconds({ ...serversOf(world), 'the worker': workers.pids[0] });
    const before = spent();
    const beginning = performance.now();
    await news(world, SEEN, 'orders', 'ordered', count);
    await news(world, DISPATCHED, 'orders', 'billed', count);
    const ordersPerSecond = count / ((performance.now() - beginning) / 1000);
    process.stderr.write(`processor time an order: ${since(before, spent(), count)}\n`);
    calls.delete('token');
    const netsuiteCallsPerOrder = Object.fromEntries(
      [...calls].sort(([, a], [, b]) => b - a).map(([kind, number]) => [kind, number / count]),
    );
    const billed = sumCosts(
      await costsOfAll(
        world,
        orders.map((order) => orderWorkflowId(world.connection, order)),
      ),
    );
    await news(world, REFUNDED, 'refunds', 'done', refunded.length);
    const withRefund = sumCosts(
      await costsOfAll(
        world,
        refunded.map((order) => orderWorkflowId(world.connection, order)),
      ),
    );
    const settling = performance.now();
    await clockTo(world, SETTLED);
    await world.look();
    await world.look();
    const payoutSeconds = (performance.now() - settling) / 1000;
    const tieOut = await world.tieOut();
    if (!tieOut.payouts.every((payout) => payout.tied))
      throw new Error(`the payout is not tied: ${JSON.stringify(tieOut.openExceptions.slice(0, 3))}`);
    const payout = await costsOf(world.client, payoutWorkflowId(world.connection, SETTLEMENT));
    await workers.stop();
    const baselinePerSecond = (2 * count) / (emptySeconds + (await emptyOrders(world, orders, 'after')));
    return {
      orders: count,
      ordersPerSecond,
      baselinePerSecond,
      ratio: ordersPerSecond / baselinePerSecond,
      actionsPerOrder: billed.actions / count,
      eventsPerOrder: billed.events / count,
      actionsPerRefund: (withRefund.actions - (billed.actions / count) * refunded.length) / refunded.length,
      settlingActionsPerOrder: payout.actions / count,
      netsuiteCallsPerOrder,
      payoutSeconds,
    };
  } finally {
    await world.close();
  }
}

/** This process runs the simulators and sends the starts and signals of the empty orders. */
function serversOf({ servers }: WorldUnderTest): Record<string, number | undefined> {
  return {
    Temporal: servers.temporal.process?.pid,
    Postgres: servers.postgres.process.pid,
    'this process': process.pid,
  };
}

/** One request, by what it does: `POST salesOrder`, `transform itemFulfillment`, `suiteql`, `token`. */
function kindOf(line: string): string {
  const [method = '', path = ''] = line.split(' ');
  if (path.includes('/oauth2/')) return 'token';
  if (path.includes('/suiteql')) return 'suiteql';
  const parts = path.replace(/\?.*/, '').split('/record/v1/')[1]?.split('/') ?? [];
  return parts.includes('!transform') ? `transform ${parts.at(-1)}` : `${method} ${parts[0] ?? path}`;
}

async function clockTo(world: WorldUnderTest, to: string): Promise<void> {
  await fetch(`${world.amazonUrl}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  });
}

/** Amazon's facts up to an instant, taken in and worked off: until all are in the state that they come to. */
async function news(
  world: WorldUnderTest,
  to: string,
  table: 'orders' | 'refunds',
  state: 'ordered' | 'billed' | 'done',
  all: number,
): Promise<void> {
  await clockTo(world, to);
  await world.run('orderIntake', `order-intake:${world.connection}:${to}`, {
    connection: world.connection,
    policy: world.policy,
  });
  const done = async () =>
    Number(
      (
        await world.store.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('count'))
          .where('state', '=', state as never)
          .executeTakeFirstOrThrow()
      ).count,
    );
  await world.until(done, (count) => count === all, 300);
}

async function costsOfAll(world: WorldUnderTest, workflowIds: readonly string[]): Promise<HistoryCosts[]> {
  const costs: HistoryCosts[] = [];
  for (const workflowId of workflowIds) costs.push(await costsOf(world.client, workflowId));
  return costs;
}

/** The same starts and signals, one after the other, for workflows whose activities do nothing. Returns seconds. */
async function emptyOrders(
  world: WorldUnderTest,
  orders: readonly string[],
  when: 'before' | 'after',
): Promise<number> {
  const child = fork(fileURLToPath(new URL('./empty-worker.ts', import.meta.url)));
  try {
    const ready = once(child, 'message');
    child.send({ address: world.places.temporalAddress, concurrency: world.settings.netsuite.maxConcurrency * 4 });
    await ready;
    const spent = () => processorSeconds({ ...serversOf(world), 'the worker': child.pid });
    const before = spent();
    const { workflow } = world.client;
    const idOf = (order: string) => `empty:${when}:${order}`;
    const beginning = performance.now();
    for (const orderId of orders) {
      await workflow.signalWithStart('emptyOrder', {
        workflowId: idOf(orderId),
        taskQueue: 'empty-orders',
        args: [{ connection: world.connection, orderId, policy: world.policy }],
        signal: seen,
        signalArgs: [],
        staticSummary: `Amazon order ${orderId}`,
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.connection, value: world.connection },
          { key: SEARCH_ATTRIBUTES.amazonOrderId, value: orderId },
          { key: SEARCH_ATTRIBUTES.marketplace, value: 'amazon.com' },
          { key: SEARCH_ATTRIBUTES.state, value: 'open' },
        ],
      });
    }
    for (const orderId of orders) await workflow.getHandle(idOf(orderId)).signal(gone);
    await Promise.all(orders.map((orderId) => workflow.getHandle(idOf(orderId)).result()));
    process.stderr.write(`an empty one, ${when}: ${since(before, spent(), orders.length)}\n`);
    return (performance.now() - beginning) / 1000;
  } finally {
    child.kill('SIGKILL');
  }
}
