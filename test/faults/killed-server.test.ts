import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { documentsPosted } from './documents-posted.ts';
import { leavesTheMonthAsItMustBe } from './month-tests.ts';
import { liveThrough, openSmallMonth, type MonthResult } from './small-month.ts';
import { sicken, SICKNESSES, type Sickness } from './sick-postgres.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-process.ts';

/** What goes away or is sick, and comes back, when so many transactions of ours stand in NetSuite; fifty-four are to come in all. */
const OUTAGES = [
  { at: 3, what: 'restartPostgres' },
  { at: 5, what: 'read-only' },
  { at: 7, what: 'killPostgres' },
  { at: 9, what: 'out of connections' },
  { at: 12, what: 'killTemporal' },
  { at: 15, what: 'locked' },
  // While the payout is at work.
  { at: 18, what: 'killPostgres' },
  { at: 20, what: 'read-only' },
] as const;

const isSickness = (what: string): what is Sickness => (SICKNESSES as readonly string[]).includes(what);

describe('Postgres restarted, killed and sick, and the Temporal server killed, in the middle of a month', () => {
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  let result: MonthResult;
  let went: string[];
  beforeAll(async () => {
    world = await openSmallMonth({ workers: 'none', durable: true, policy: { heartbeat: '2s' } });
    workers = await startWorkerProcesses(world);
    went = [];
    const posted = () => documentsPosted(world);
    const before = await posted();
    const takeAway = async () => {
      for (const { at, what } of OUTAGES) {
        await world.until(posted, (count) => count - before >= at, 120);
        await (isSickness(what) ? sicken(world, what) : world.servers[what]());
        went.push(what);
      }
    };
    [result] = await Promise.all([liveThrough(world), takeAway()]);
  }, 900_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  test('each went away, and the workers lived through it', () => {
    expect(went).toEqual(OUTAGES.map(({ what }) => what));
    expect(workers.deaths).toEqual([]);
  });
  leavesTheMonthAsItMustBe(() => result);
});
