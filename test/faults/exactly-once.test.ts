import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { EXPECTED, liveThrough, openSmallMonth, type MonthResult } from './small-month.ts';
import { activitiesThatRan, breakEveryPosting, faultsThatMetNothing, netsuiteActivities } from './steps.ts';

interface Trouble { name: string; begin(world: WorldUnderTest): Promise<void> }

const TROUBLES: Trouble[] = [
  { name: 'without faults', begin: async () => {} },
  {
    name: 'when each posting is throttled, then fails before it is done, then loses its answer before and after it is done',
    begin: (world) => breakEveryPosting(world, ['429', '500-before-commit', 'lost-before-commit', 'lost-after-commit']),
  },
  {
    name: 'when each posting is done and answered with an error, and closing and asking fail too',
    begin: async (world) => {
      await breakEveryPosting(world, ['500-after-commit']);
      for (const kind of ['429', 'lost-before-commit', '500-after-commit']) await world.netsuitePage('POST', '/faults', { kind, match: { method: 'PATCH' } });
      for (const kind of ['429', 'lost-before-commit', 'lost-after-commit', '500-before-commit', '401']) await world.netsuitePage('POST', '/faults', { kind, match: { path: 'suiteql' }, times: 2 });
    },
  },
];

describe.each(TROUBLES)('the small month $name', ({ begin }) => {
  let world: WorldUnderTest;
  let result: MonthResult;
  beforeAll(async () => {
    world = await openSmallMonth();
    await begin(world);
    result = await liveThrough(world);
  }, 150_000);
  afterAll(() => world?.close());

  test('posts each document once', () => {
    expect(result.transactions).toMatchObject(EXPECTED.transactions);
    expect(result.duplicates).toEqual([]);
  });
  test('leaves the balances that were worked out by hand', () => {
    expect(result.balances).toMatchObject(EXPECTED.balances);
  });
  test('leaves the stock that was worked out by hand', () => {
    expect(result.stock).toEqual(EXPECTED.stock);
  });
  test('ties its payout and leaves nothing to a person', () => {
    expect(result.openExceptions).toEqual([]);
    expect(result.tied).toEqual([true]);
  });
  test('met every fault that was switched on, in every step there is', async () => {
    expect(await faultsThatMetNothing(world)).toEqual([]);
    const ran = await activitiesThatRan(world);
    expect(netsuiteActivities(world).filter((name) => !ran.has(name))).toEqual([]);
  });
});
