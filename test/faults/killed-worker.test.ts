import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { EXPECTED, liveThrough, openSmallMonth, type MonthResult } from './small-month.ts';
import { runKilledAt } from './worker-process.ts';

/** In the order in which the month comes to them. `FAULTS=full` kills at every posting, before and after its call. */
const ORDER = ['SO', 'IF', 'INV', 'RA', 'CM', 'OPN', 'JE', 'PAY', 'RFD', 'CHG', 'DEP'];
const POINTS = process.env['FAULTS'] === 'full'
  ? ORDER.flatMap((purpose) => [`${purpose}:before-call`, `${purpose}:after-call`])
  : ['INV:after-call', 'PAY:after-call'];

describe('a worker process that dies between its call to NetSuite and the answer', () => {
  let world: WorldUnderTest;
  let result: MonthResult;
  let ends: { point: string; died: boolean }[];
  beforeAll(async () => {
    world = await openSmallMonth({ workers: 'none' });
    ends = await runKilledAt(world, POINTS, async () => {
      result = await liveThrough(world);
    });
  }, process.env['FAULTS'] === 'full' ? 900_000 : 240_000);
  afterAll(() => world?.close());

  test('died at each point', () => {
    expect(ends).toEqual(POINTS.map((point) => ({ point, died: true })));
  });
  test('left every document there once, and every unit where it belongs', () => {
    expect(result.transactions).toMatchObject(EXPECTED.transactions);
    expect(result.stock).toEqual(EXPECTED.stock);
    expect(result.duplicates).toEqual([]);
  });
  test('left the balances that were worked out by hand, and a payout that ties', () => {
    expect(result.balances).toMatchObject(EXPECTED.balances);
    expect(result.openExceptions).toEqual([]);
    expect(result.tied).toEqual([true]);
  });
});
