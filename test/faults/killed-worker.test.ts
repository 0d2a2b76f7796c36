import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { leavesTheMonthAsItMustBe } from './month-tests.ts';
import { liveThrough, openSmallMonth, type MonthResult, type SmallMonth } from './small-month.ts';
import { everyFailPoint } from './steps.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-process.ts';

const FULL = process.env['FAULTS'] === 'full';
/** What the month posts; the first test holds that it is all of it. */
const POSTED = [
  'ACR',
  'ADJ',
  'CHG',
  'CM',
  'DEP',
  'FTX',
  'IF',
  'INV',
  'IR',
  'JE',
  'OPN',
  'PAY',
  'RA',
  'RFD',
  'SO',
  'TRF',
];
/** What people are told is planned, about to be sent, and answered. */
const TELLING = ['activity:planAlerts:after', 'alert:claimed', 'alert:answered'];
/** `FAULTS=full`: at every step there is, one after the other, in one month. */
const POINTS = FULL
  ? [...everyFailPoint(POSTED), ...TELLING.slice(1)]
  : [
      'INV:after-call',
      'PAY:before-call',
      'TRF:after-call',
      'activity:provePayout:after',
      // The close: what is decided is written down, posted, worked out, and heard of only by the next process.
      'activity:decideAccrual:after',
      'ACR:after-call',
      'activity:evaluateClose:after',
      'activity:decideSignOff:after',
      ...TELLING,
    ];

describe('worker processes that die before and after what they do', () => {
  let world: SmallMonth;
  let workers: WorkerProcesses;
  let result: MonthResult;
  beforeAll(
    async () => {
      world = await openSmallMonth({
        workers: 'none',
        policy: { heartbeat: '2s' },
        ...(FULL ? { longestLookMs: 600_000 } : {}),
      });
      workers = await startWorkerProcesses(world, { deadly: POINTS });
      result = await liveThrough(world);
    },
    FULL ? 3_600_000 : 900_000,
  );
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  test('died once at each point there is', () => {
    expect(workers.points.left()).toEqual([]);
    expect(workers.deaths).toEqual(POINTS.map(() => 'SIGKILL'));
    expect(result.purposes).toEqual(POSTED);
  });
  test('told nobody anything twice', async () => {
    expect(await world.toldTwice()).toEqual([]);
  });
  leavesTheMonthAsItMustBe(() => result);
});
