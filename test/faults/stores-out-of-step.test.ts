import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withoutWorkflow } from '../../src/views/reconciler/without-workflow.ts';
import { openKeys } from '../../src/store/exceptions/exceptions.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { besideReconciler } from './beside-reconciler.ts';
import { documentsPosted } from './documents-posted.ts';
import { leavesTheMonthAsItMustBe } from './month-tests.ts';
import { liveThrough, openSmallMonth, type MonthResult } from './small-month.ts';
import { rehearseRestore, type Rehearsal } from './rehearsal/rehearse-restore.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-process.ts';

/** `FAULTS=full`. */
const ifFull = process.env['FAULTS'] === 'full' ? describe : describe.skip;

/** A world with worker processes, and what goes wrong when so many documents of ours stand in NetSuite. */
async function withTrouble(
  troubles: readonly { at: number; what: 'loseTemporal' | 'backUpPostgres' | 'restorePostgres' }[],
  mend?: (world: WorldUnderTest) => Promise<void>,
) {
  const world = await openSmallMonth({ workers: 'none', durable: true, policy: { heartbeat: '2s' } });
  const workers = await startWorkerProcesses(world);
  const posted = () => documentsPosted(world);
  const before = await posted();
  const strike = async () => {
    for (const { at, what } of troubles) {
      await world.until(posted, (count) => count - before >= at, 120);
      await world.servers[what](() => workers.killAll());
    }
  };
  const [result] = await Promise.all([
    besideReconciler(world, () => liveThrough(world, mend && (() => mend(world)))),
    strike(),
  ]);
  return { world, workers, result };
}

/** Before the decisions about the SKU and about the amount; what comes after them is no other case. */
const LOST_BEFORE_DECISIONS = 2;

describe("Temporal's database is lost in the middle of a month, and before decisions", () => {
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  let result: MonthResult;
  beforeAll(async () => {
    let lost = 0;
    ({ world, workers, result } = await withTrouble([{ at: 10, what: 'loseTemporal' }], async (stricken) => {
      if (lost === LOST_BEFORE_DECISIONS) return;
      await stricken.servers.loseTemporal();
      lost += 1;
    }));
  }, 900_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  leavesTheMonthAsItMustBe(() => result);
});

ifFull('a decision that reaches no workflow', () => {
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  beforeAll(async () => {
    world = await openSmallMonth({ durable: true, workers: 'none' });
    workers = await startWorkerProcesses(world);
    await world.runToTheEnd();
    await world.servers.loseTemporal();
  }, 900_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  test('what has none is counted: the order that waits for its SKU, the payout that waits for an amount and the one behind the gap', async () => {
    expect(await withoutWorkflow(world.client, world.store.db, world.connection)).toEqual({ orders: 1, payouts: 2 });
  });

  test('its exception stays open, says that it is decided, and ends with the Sales Order', async () => {
    const open = () => openKeys(world.store.db, world.connection, 'sku-unknown');
    expect(await open()).toEqual(['SKU-NEW']);
    expect(await world.decide({ kind: 'sku', key: 'SKU-NEW', choice: 'SKU-A' })).toMatchObject({ released: 1 });
    await world.until(open, (keys) => keys.length === 0, 30);
    await world.until(
      () =>
        world.suiteql(
          "SELECT otherrefnum FROM transaction WHERE type = 'SalesOrd' AND otherrefnum = '114-1000004-0000004'",
        ),
      (rows) => rows.length === 1,
      30,
    );
  });
});

describe('Postgres is restored as it was some documents earlier', () => {
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  let result: MonthResult;
  beforeAll(async () => {
    ({ world, workers, result } = await withTrouble([
      { at: 8, what: 'backUpPostgres' },
      { at: 17, what: 'restorePostgres' },
    ]));
  }, 900_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  leavesTheMonthAsItMustBe(() => result);
  test('and nothing in NetSuite is unknown', async () => {
    expect((await world.tieOut()).unknown).toEqual([]);
  });
});

/** The same as `npm run rehearse`. */
ifFull('store and Temporal are thrown away, and the store comes back from a dump without statistics', () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await rehearseRestore(() => {});
  }, 900_000);

  leavesTheMonthAsItMustBe(() => rehearsal.result);
  test('and nothing in NetSuite is unknown', () => {
    expect(rehearsal.unknown).toEqual([]);
    expect(rehearsal.withoutStatistics).toEqual(expect.arrayContaining(['documents', 'orders']));
  });
});
