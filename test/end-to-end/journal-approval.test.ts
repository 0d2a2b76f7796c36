import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const REPORT = report(
  {
    id: '27700000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '50.00',
  },
  [account('WAREHOUSE_LOST', '50.00', '2026-10-05T09:00:00Z', 'FBA Inventory Reimbursement')],
);

describe('a NetSuite account in which journals wait for an approval', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements([REPORT]), paceDays: 7 });
    await world.netsuitePage('POST', '/admin/switches', { journalApproval: true });
    await world.runToTheEnd();
  }, 60_000);
  afterAll(() => world?.close());

  test('moves no balance, and so its payout is not tied: raised with what ends it', async () => {
    const { payouts, openExceptions, balances } = await world.tieOut();
    expect(payouts.map(({ tied }) => tied)).toEqual([false]);
    expect(openExceptions).toEqual([
      expect.objectContaining({
        code: 'journal-unapproved',
        owner: 'finance',
        payout: '27700000001',
        atStake: '50.00',
        what: 'NetSuite holds AMZ_demo-us_JE_27700000001_1 and does not post it',
        act: 'Approve it in NetSuite; it is looked at by itself, then npx tieout try-again payout 27700000001',
      }),
    ]);
    // The deposit is posted, what it took out of transit is not there yet.
    expect(balances).toMatchObject({ bank: '50.00', 'payouts-in-transit': '-50.00' });
  });

  test('is looked at again by the next look, once somebody has approved it', async () => {
    const [journal] = await world.suiteql(
      "SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_JE_27700000001_1'",
    );
    expect(await world.netsuite.patch('journalEntry', journal!['id']!, { approved: true })).toMatchObject({
      outcome: 'posted',
    });
    await world.look();
    const { payouts, openExceptions } = await world.tieOut();
    expect({ tied: payouts.map(({ tied }) => tied), open: openExceptions.map(({ code }) => code) }).toEqual({
      tied: [true],
      open: [],
    });
  }, 60_000);
});
