/** An inbound shipment: it looks whenever it is told, ends, and is opened again by a late find. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INBOUND, inboundMoved } from '../../../src/contracts/stock/inbound.ts';
import { storeQueue } from '../../../src/contracts/task-queues.ts';
import { held, type Script } from '../fake-activities.ts';
import { openWorkflows, type RunUnderTest, type WorkflowsUnderTest } from '../workflows-under-test.ts';

let workflows: WorkflowsUnderTest;
beforeAll(async () => {
  workflows = await openWorkflows();
}, 60_000);
afterAll(() => workflows.close());

const SHIPMENT = 'FBA15DEMO1';
const UNDER_WAY = { sentence: '6 to come.', isOver: false };
const OVER = { sentence: 'All came.', isOver: true };

const ship = (script: Script): Promise<RunUnderTest> => {
  const { connection } = workflows;
  // One look waits until thousands of signals are sent: on a slow machine it would be tried again meanwhile.
  const policy = { ...workflows.policy, startToClose: '120s', heartbeat: '120s' };
  return workflows.start(INBOUND, [SHIPMENT], { connection, policy, shipmentId: SHIPMENT }, script, {
    signal: inboundMoved,
    args: [],
  });
};

describe('an inbound shipment', () => {
  test.concurrent('says where it stands, waits to be told, and ends once it is over', async () => {
    const run = await ship({ standInbound: [UNDER_WAY, { sentence: '2 to come.', isOver: false }, OVER] });
    await run.saying('6 to come.');
    expect(run.calls).toEqual([
      {
        activity: 'standInbound',
        queue: storeQueue(),
        input: { connection: workflows.connection, shipmentId: SHIPMENT },
      },
    ]);
    await run.signal(inboundMoved);
    await run.saying('2 to come.');
    await run.signal(inboundMoved);
    expect(await run.result()).toBe('All came.');
    expect(await run.details()).toBe('All came.');
    expect(run.steps()).toHaveLength(3);
  });

  test.concurrent('told while it looks, it looks once more before it ends', async () => {
    const first = held(OVER);
    const run = await ship({ standInbound: [first, UNDER_WAY, OVER] });
    await first.reached;
    await run.signal(inboundMoved);
    await run.signal(inboundMoved);
    first.give();
    await run.saying('6 to come.');
    await run.signal(inboundMoved);
    expect(await run.result()).toBe('All came.');
    expect(run.steps()).toHaveLength(3);
  });

  test.concurrent('that was over is opened again by a late find', async () => {
    const found = await ship({ standInbound: [OVER] });
    expect(await found.result()).toBe('All came.');
    // Whoever tells it starts another run of the same workflow.
    const again = await ship({ standInbound: [UNDER_WAY, OVER] });
    await again.saying('6 to come.');
    await again.signal(inboundMoved);
    expect(await again.result()).toBe('All came.');
  });

  test.concurrent(
    'continues as new before its history grows too long, and misses nothing',
    async () => {
      const first = held(UNDER_WAY);
      const run = await ship({
        standInbound: [first, UNDER_WAY, { sentence: 'In another run.', isOver: false }, OVER],
      });
      await first.reached;
      const before = await run.runId();
      // Each is an event: over 4,096 of them the server asks for another run.
      for (let told = 0; told < 4200; told += 100) {
        await Promise.all(Array.from({ length: 100 }, () => run.signal(inboundMoved)));
        // Asked, it takes them in: a worker that is given thousands at once on a busy machine ends in Node.js itself.
        await run.details();
      }
      first.give();
      await run.inAnotherRunThan(before);
      await run.saying('In another run.');
      await run.signal(inboundMoved);
      expect(await run.result()).toBe('All came.');
      expect(run.steps()).toHaveLength(4);
    },
    120_000,
  );
});
