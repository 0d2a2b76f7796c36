import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { exitCodeOfRun } from '../../src/views/tie-out/run-verdict.ts';
import { sendDecision } from '../../src/operations/decisions/send-decision.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { saveFile } from '../../src/store/files/files.ts';
import { account, report } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [OCT_1, OCT_15, OCT_29, NOV_12] = [
  '2026-10-01T07:00:00Z',
  '2026-10-15T07:00:00Z',
  '2026-10-29T07:00:00Z',
  '2026-11-12T08:00:00Z',
] as const;
const lost = (amount: string, at: string) => account('WAREHOUSE_LOST', amount, at, 'FBA Inventory Reimbursement');

/** Three files; the second is missing. The third brings in the 30.00 that the second held and the 5.00 that came to be due in it. */
const FIRST = report(
  { id: '27600000001', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '50.00' },
  [lost('50.00', '2026-10-05T09:00:00Z')],
);
const SECOND = report(
  { id: '27600000002', start: OCT_15, end: OCT_29, deposit: '2026-10-31T07:00:00Z', total: '-5.00' },
  [lost('25.00', '2026-10-20T09:00:00Z'), account('Current Reserve Amount', '-30.00', '2026-10-29T06:59:59Z')],
);
const THIRD = report(
  { id: '27600000003', start: OCT_29, end: NOV_12, deposit: '2026-11-14T08:00:00Z', total: '45.00' },
  [
    account('Previous Reserve Amount Balance', '30.00', OCT_29),
    account('Payable to Amazon', '-5.00', OCT_29),
    lost('20.00', '2026-11-03T09:00:00Z'),
  ],
);

describe('a run in which a settlement is missing', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  const tied = () => tieOut.payouts.map((payout) => [payout.settlementId, payout.tied]);
  const openings = async () =>
    (
      await world.suiteql(
        "SELECT externalid, TO_CHAR(trandate, 'YYYY-MM-DD') AS day FROM transaction WHERE externalid LIKE 'AMZ_demo-us_OPN_%' ORDER BY externalid",
      )
    ).map((row) => [row['externalid'], row['day']]);
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements([FIRST, THIRD]), paceDays: 7 });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('is not tied: the gap is named with its days, its owner and what ends it', () => {
    expect(tied()).toEqual([
      ['27600000001', true],
      ['27600000003', false],
    ]);
    expect(tieOut.openExceptions).toEqual([
      expect.objectContaining({
        code: 'chain-broken',
        owner: 'finance',
        payout: '27600000003',
        what: `settlement 27600000003 begins at ${OCT_29} and no report of USD ends there: the one from ${OCT_15} to ${OCT_29} is missing; it brings in a reserve of 30.00 USD, a balance due of 5.00 USD`,
        act: 'Bring the missing report: npx tieout settlement import FILE; where there is none: npx tieout open-chain 27600000003 --why "…"',
      }),
    ]);
    expect(exitCodeOfRun([tieOut], { failed: 0 })).not.toBe(0);
  });
  test('has no opening entry that nobody asked for: what is brought in stays unexplained on its own account', async () => {
    expect(await openings()).toEqual([]);
    expect(
      tieOut.explained
        .filter(({ difference }) => !/^-?0\.00$/.test(difference))
        .map(({ role, netsuite, explained }) => [role, netsuite, explained]),
    ).toEqual([
      ['balance-due-to-amazon', '5.00', '0.00'],
      ['reserve-held', '-30.00', '0.00'],
    ]);
  });

  describe('once a controller has said that the chain begins there', () => {
    beforeAll(async () => {
      const say = (settlementId: string) =>
        sendDecision(world.context, {
          update: 'openChain',
          args: { settlementId, by: 'maria', why: 'the first report of this account, case 1234' },
        });
      await expect(say('27600000001')).rejects.toThrow('Nothing is missing before settlement 27600000001.');
      // Given twice, as after a lost answer: the same number in the audit record.
      const [one, two] = [await say('27600000003'), await say('27600000003')];
      expect(one.audit).toBe(two.audit);
      await world.look();
      tieOut = await world.tieOut();
    }, 60_000);

    test('its opening entry is dated the day on which it begins, and everything ties', async () => {
      expect(await openings()).toEqual([['AMZ_demo-us_OPN_27600000003_1', '2026-10-29']]);
      expect(tied()).toEqual([
        ['27600000001', true],
        ['27600000003', true],
      ]);
      // Reserve 30.00 and a balance due of 5.00 are brought in.
      expect(tieOut.balances).toMatchObject({
        'reserve-held': '0.00',
        'balance-due-to-amazon': '0.00',
        'opening-balance': '-25.00',
        bank: '95.00',
      });
      expect(exitCodeOfRun([tieOut], { failed: 0 })).toBe(0);
    });
  });

  describe('once the missing report has come after all', () => {
    beforeAll(async () => {
      const { connection, policy, store } = world;
      const sha256 = await saveFile(store.db, SECOND.name, [SECOND.bytes], '2026-11-20T08:00:00Z');
      await world.run('settlementImport', `settlement-import:${connection}`, { connection, sha256, policy });
      await world.until(openings, (entries) => entries.length === 2);
      await world.look();
      await world.look();
      tieOut = await world.tieOut();
    }, 60_000);

    test('the opening entry is reversed, dated as it was, and the chain is whole', async () => {
      expect(await openings()).toEqual([
        ['AMZ_demo-us_OPN_27600000003-x1_1', '2026-10-29'],
        ['AMZ_demo-us_OPN_27600000003_1', '2026-10-29'],
      ]);
      expect(tied()).toEqual([
        ['27600000001', true],
        ['27600000002', true],
        ['27600000003', true],
      ]);
      expect(tieOut.balances).toMatchObject({
        'reserve-held': '0.00',
        'balance-due-to-amazon': '0.00',
        'opening-balance': '0.00',
        bank: '95.00',
        reimbursements: '-95.00',
      });
      expect(tieOut.openExceptions).toEqual([]);
    });
  });
});
