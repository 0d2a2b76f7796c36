import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { saveFile } from '../../src/store/files/files.ts';
import { account, report } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const OCT_1 = '2026-10-01T07:00:00Z';
const OCT_15 = '2026-10-15T07:00:00Z';
const OCT_29 = '2026-10-29T07:00:00Z';

/** Two chains share an instant. The one with the lower id ends there with 12.50 held; the other held 30.00, which its next file releases. */
const REPORTS = [
  report({ id: '27200000011', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '37.50' }, [
    account('WAREHOUSE_LOST', '50.00', '2026-10-05T09:00:00Z', 'FBA Inventory Reimbursement'),
    account('Current Reserve Amount', '-12.50', '2026-10-15T06:59:59Z'),
  ]),
  report({ id: '27200000012', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '70.00' }, [
    account('WAREHOUSE_LOST', '100.00', '2026-10-06T09:00:00Z', 'FBA Inventory Reimbursement'),
    account('Current Reserve Amount', '-30.00', '2026-10-15T06:59:59Z'),
  ]),
  report({ id: '27200000013', start: OCT_15, end: OCT_29, deposit: '2026-10-31T07:00:00Z', total: '45.00' }, [
    account('Previous Reserve Amount Balance', '30.00', OCT_15),
    account('WAREHOUSE_LOST', '20.00', '2026-10-20T09:00:00Z', 'FBA Inventory Reimbursement'),
    account('Current Reserve Amount', '-5.00', '2026-10-29T06:59:59Z'),
  ]),
];

describe('two chains of one currency that share an instant, one of which ends there', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements(REPORTS), paceDays: 7 });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('the later file takes up the reserve of the chain that held it: no opening entry, nothing to look at', () => {
    expect(
      tieOut.payouts.map(({ settlementId, total, reserve, tied }) => ({ settlementId, total, reserve, tied })),
    ).toEqual([
      {
        settlementId: '27200000011',
        total: '37.50',
        reserve: { opens: '0.00', lastClosed: null, closes: '12.50' },
        tied: true,
      },
      {
        settlementId: '27200000012',
        total: '70.00',
        reserve: { opens: '0.00', lastClosed: null, closes: '30.00' },
        tied: true,
      },
      {
        settlementId: '27200000013',
        total: '45.00',
        reserve: { opens: '30.00', lastClosed: '30.00', closes: '5.00' },
        tied: true,
      },
    ]);
    expect(tieOut.documents).toEqual({ JE: 3, DEP: 3 });
    expect(tieOut.openExceptions).toEqual([]);
  });
  test('the reserve that NetSuite holds is the sum over both chains, and is explained as that', () => {
    expect(tieOut.balances).toMatchObject({
      'reserve-held': '17.50',
      bank: '152.50',
      reimbursements: '-170.00',
      'payouts-in-transit': '0.00',
    });
    expect(tieOut.explained).toContainEqual({
      role: 'reserve-held',
      currency: 'USD',
      netsuite: '17.50',
      explained: '17.50',
      by: "Amazon's last current reserve",
      difference: '0.00',
    });
  });
});

describe('a chain whose earlier file is missing', () => {
  const [missing, before] = REPORTS as [(typeof REPORTS)[0], (typeof REPORTS)[0]];
  /** Releases the 12.50 of the file that is missing; the only one that ends where it begins held 30.00. */
  const later = report(
    { id: '27200000014', start: OCT_15, end: OCT_29, deposit: '2026-10-31T07:00:00Z', total: '32.50' },
    [
      account('Previous Reserve Amount Balance', '12.50', OCT_15),
      account('WAREHOUSE_LOST', '20.00', '2026-10-20T09:00:00Z', 'FBA Inventory Reimbursement'),
    ],
  );
  let world: WorldUnderTest;
  const broken = async () =>
    (await world.tieOut()).openExceptions
      .filter(({ code }) => code === 'chain-broken')
      .map(({ subject, what }) => ({ subject, what }));
  beforeAll(async () => {
    world = await openWorld({ world: worldFromSettlements([before, later]), paceDays: 7 });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  test('is raised with what does not follow, and the later payout is not tied', async () => {
    expect(await broken()).toEqual([
      {
        subject: 'payout:27200000014',
        what: 'settlement 27200000014 releases a reserve of 12.50 USD, and 27200000012 held 30.00 USD',
      },
    ]);
    expect((await world.tieOut()).payouts.map(({ tied }) => tied)).toEqual([true, false]);
  });
  test('is closed by the report that was missing: it takes its place before the later one', async () => {
    const { connection, policy, store } = world;
    const sha256 = await saveFile(store.db, missing.name, [missing.bytes], '2026-11-02T08:00:00Z');
    await world.run('settlementImport', `settlement-import:${connection}`, { connection, sha256, policy });
    await world.until(broken, (open) => open.length === 0);
    await world.until(
      () => world.tieOut(),
      ({ payouts }) => payouts.filter(({ settlementId }) => settlementId !== '27200000011').every(({ tied }) => tied),
    );
    const { payouts, explained } = await world.tieOut();
    expect(payouts.find(({ settlementId }) => settlementId === '27200000014')!.reserve).toEqual({
      opens: '12.50',
      lastClosed: '12.50',
      closes: '0.00',
    });
    expect(explained.find(({ role }) => role === 'reserve-held')).toMatchObject({
      netsuite: '30.00',
      explained: '30.00',
      difference: '0.00',
    });
  });
});
