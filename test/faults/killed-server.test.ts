import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { leavesTheMonthAsItMustBe } from './month-tests.ts';
import { liveThrough, openSmallMonth, type MonthResult } from './small-month.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-process.ts';

/** When so many transactions of ours stand in NetSuite; twenty-three are to come in all. */
const POSTGRES_GOES_AT = 3;
const TEMPORAL_GOES_AT = 12;

describe('the Temporal server killed and Postgres restarted in the middle of a month', () => {
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  let result: MonthResult;
  let went: string[];
  beforeAll(async () => {
    world = await openSmallMonth({ workers: 'none', durable: true, policy: { heartbeat: '2s' } });
    workers = await startWorkerProcesses(world);
    went = [];
    const posted = async () => Object.values((await world.netsuitePage<{ transactions: Record<string, number> }>('GET', '/admin/state')).transactions).reduce((sum, count) => sum + count, 0);
    const before = await posted();
    const takeAway = async () => {
      await world.until(posted, (count) => count - before >= POSTGRES_GOES_AT, 120);
      await world.servers.restartPostgres();
      went.push('Postgres');
      await world.until(posted, (count) => count - before >= TEMPORAL_GOES_AT, 120);
      await world.servers.killTemporal();
      went.push('Temporal');
    };
    [result] = await Promise.all([liveThrough(world), takeAway()]);
  }, 240_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  test('both went away, and the workers lived through it', () => {
    expect(went).toEqual(['Postgres', 'Temporal']);
    expect(workers.deaths).toEqual([]);
  });
  leavesTheMonthAsItMustBe(() => result);
});
