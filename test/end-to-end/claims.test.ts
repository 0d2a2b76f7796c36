import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { orderStatus } from '../../src/store/orders/order-status.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { account, refund, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const order = (number: number) => `116-000000${number}-000000${number}`;
/** 25.00 a unit, no fees. */
const sold = (number: number, quantity: number): Cells[] =>
  sale(
    {
      order: order(number),
      shipment: `Dc${number}`,
      at: `2026-10-02T1${number}:00:00Z`,
      item: `600${number}`,
      sku: 'SKU-C',
      quantity,
    },
    [['ItemPrice', 'Principal', `${25 * quantity}.00`]],
  );
const returned = (number: number, at: string): Cells[] =>
  refund({ order: order(number), at, item: `600${number}`, sku: 'SKU-C', quantity: 1 }, [
    ['ItemPrice', 'Principal', '-25.00'],
  ]);
const claimed = (number: number, at: string): Cells[] =>
  returned(number, at).map((cells) => ({ ...cells, 'transaction-type': 'A-to-z Guarantee Refund' }));

/** A claim that Finances tells late, and one that it tells in time. */
const [LATE, IN_TIME] = [1, 2];
/** Two equal claims, one of them told late and the other never; a claim and a refund of equal amounts, both told late. */
const [TWO_CLAIMS, BOTH] = [3, 4];
const [FIRST, SECOND] = ['2026-10-07T06:00:00Z', '2026-10-07T12:00:00Z'];

const REPORT = report(
  {
    id: '27400000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '50.00',
  },
  [
    ...sold(LATE, 1),
    ...sold(IN_TIME, 1),
    ...sold(TWO_CLAIMS, 2),
    ...sold(BOTH, 2),
    ...claimed(LATE, SECOND),
    ...claimed(IN_TIME, FIRST),
    ...claimed(TWO_CLAIMS, FIRST),
    ...claimed(TWO_CLAIMS, SECOND),
    ...claimed(BOTH, FIRST),
    ...returned(BOTH, SECOND),
    // 25 + 25 + 50 + 50 − 6 × 25 = 0, and this.
    account('WAREHOUSE_LOST', '50.00', '2026-10-05T08:00:00Z', 'FBA Inventory Reimbursement'),
  ],
);

/** Finances tells the order's refunds so much later than they were posted. */
function toldLate(world: AmazonWorld, orderId: string, hours: number): AmazonWorld {
  const late = (posted: string) => new Date(Date.parse(posted) + hours * 3_600_000).toISOString().replace('.000', '');
  return {
    ...world,
    refunds: world.refunds.map((one) => (one.orderId === orderId ? { ...one, publishedAt: late(one.postedAt) } : one)),
  };
}

describe('claims that Finances tells like refunds, in time and late', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    let told = worldFromSettlements([REPORT]);
    for (const number of [LATE, TWO_CLAIMS, BOTH]) told = toldLate(told, order(number), 46);
    told = {
      ...told,
      refunds: told.refunds.filter(({ orderId, postedAt }) => orderId !== order(TWO_CLAIMS) || postedAt !== FIRST),
      catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '10.00' })),
    };
    world = await openWorld({ world: told, paceDays: 1 });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 150_000);
  afterAll(() => world?.close());

  const memos = (number: number) =>
    world.suiteql(
      `SELECT externalid, foreigntotal total FROM transaction WHERE type = 'CustCred' AND otherrefnum = '${order(number)}' ORDER BY externalid`,
    );

  test('the payout is tied and nothing is open', () => {
    expect(tieOut.openExceptions.map(({ code, what }) => `${code}: ${what}`)).toEqual([]);
    expect(tieOut.payouts.map(({ tied }) => tied)).toEqual([true]);
    expect(tieOut.duplicates).toEqual([]);
  });
  test('a claim that the journal had first gets no memo, and its refund is shown as that claim', async () => {
    expect(await memos(LATE)).toEqual([]);
    expect((await orderStatus(world.store.db, world.connection, order(LATE)))!.claims).toEqual([
      { postedAt: SECOND, settlementId: '27400000001' },
    ]);
  });
  test('one that Finances told first clears against its memo', async () => {
    expect(await memos(IN_TIME)).toEqual([
      { externalid: `AMZ_demo-us_CM_${order(IN_TIME)}-20261007T060000_1`, total: '-25' },
    ]);
  });
  test('of two equal claims the late refund is the one of its second', async () => {
    expect(await memos(TWO_CLAIMS)).toEqual([]);
    expect((await orderStatus(world.store.db, world.connection, order(TWO_CLAIMS)))!.claims).toEqual([
      { postedAt: SECOND, settlementId: '27400000001' },
    ]);
  });
  test('a refund beside a claim of its amount has its memo, though both were told when the claim stood', async () => {
    expect(await memos(BOTH)).toEqual([
      { externalid: `AMZ_demo-us_CM_${order(BOTH)}-20261007T120000_1`, total: '-25' },
    ]);
    expect((await orderStatus(world.store.db, world.connection, order(BOTH)))!.claims).toEqual([
      { postedAt: FIRST, settlementId: '27400000001' },
    ]);
  });
  test('the books are what was worked out by hand: 25.00 for each of four claims, two units back', () => {
    expect(tieOut.balances).toMatchObject({
      'product-sales': '-100.00',
      'chargebacks-and-claims': '100.00',
      reimbursements: '-50.00',
      clearing: '0.00',
      receivable: '0.00',
      'payouts-in-transit': '0.00',
      bank: '50.00',
    });
  });
});
