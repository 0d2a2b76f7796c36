import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { hangBeforeItsCall, hangDuringItsCall, keepTheAnswer, type Hung } from './hung-worker.ts';
import { leavesTheMonthAsItMustBe } from './month-tests.ts';
import { liveThrough, openSmallMonth, type MonthResult } from './small-month.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-process.ts';

describe('worker processes that hang in a posting until another has done it, and then go on', () => {
  let world: WorldUnderTest;
  let workers: WorkerProcesses;
  let result: MonthResult;
  const hung: Hung[] = [];
  beforeAll(async () => {
    world = await openSmallMonth({ workers: 'none', policy: { heartbeat: '2s' }, longestLookMs: 260_000 });
    // A late transform is then not told that its key is taken, but that there is nothing left to transform.
    await world.netsuitePage('POST', '/admin/switches', { duplicateCheckLast: true });
    workers = await startWorkerProcesses(world, { count: 2 });
    for (const document of ['INV_114-1000002-0000002-Da2_1', 'PAY_27200000001_2']) await keepTheAnswer(world, document);
    // One after the other: the month takes no decision before the one that hangs has gone on.
    const hang = async () => {
      hung.push(await hangDuringItsCall(world, workers, 'INV_114-1000002-0000002-Da2_1'));
      hung.push(await hangBeforeItsCall(world, workers, 'INV_114-1000004-0000004-Da4_1'));
      hung.push(await hangBeforeItsCall(world, workers, 'JE_27200000001_1'));
      hung.push(await hangDuringItsCall(world, workers, 'PAY_27200000001_2'));
    };
    let decisions = 0;
    const wentOn = () =>
      world
        .until(
          async () => hung.length,
          (count) => count > decisions,
          300,
        )
        .then(() => void (decisions += 1));
    [result] = await Promise.all([liveThrough(world, wentOn), hang()]);
  }, 900_000);
  afterAll(async () => {
    await workers?.stop();
    await world?.close();
  });

  test('each was taken for dead, and came back from its call when the document had been posted', () => {
    expect(hung.map(({ document, sent, takenForDead }) => ({ document, sent, takenForDead }))).toEqual([
      { document: 'INV_114-1000002-0000002-Da2_1', sent: 1, takenForDead: true },
      { document: 'INV_114-1000004-0000004-Da4_1', sent: 2, takenForDead: true },
      { document: 'JE_27200000001_1', sent: 2, takenForDead: true },
      { document: 'PAY_27200000001_2', sent: 1, takenForDead: true },
    ]);
    expect(hung.map(({ wentOn }) => wentOn)).toEqual(hung.map(({ pid }) => pid));
    expect(workers.deaths).toEqual([]);
  });
  leavesTheMonthAsItMustBe(() => result);
});
