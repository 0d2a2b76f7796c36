import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld, WorldRefund } from '../../src/simulators/amazon/world.ts';
import { account, refund, report, sale, type Amount, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const order = (number: number) => `115-000000${number}-000000${number}`;
const sold = (number: number, at: string, quantity: number, amounts: readonly Amount[]): Cells[] =>
  sale(
    { order: order(number), shipment: `Dr${number}`, at, item: `700${number}`, sku: `SKU-${number}`, quantity },
    amounts,
  );
const back = (number: number, at: string, amounts: readonly Amount[], quantity = 1): Cells[] =>
  refund({ order: order(number), at, item: `700${number}`, sku: `SKU-${number}`, quantity }, amounts);
const price = (amount: string): Amount => ['ItemPrice', 'Principal', amount];

/** Two of one second that Finances tells as one, two as transactions of their own, and two of which it tells one late. */
const [TOGETHER, APART, LATE] = [1, 2, 3];
/** Taken back; a fee of all of it, and of more; one of less than Finances says. */
const [TAKEN_BACK, ALL_KEPT, MORE_KEPT] = [4, 5, 6];

const REPORTS = [
  report(
    {
      id: '27300000001',
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-08T07:00:00Z',
      deposit: '2026-10-10T07:00:00Z',
      total: '210.00',
    },
    [
      ...sold(TOGETHER, '2026-10-02T15:00:00Z', 2, [price('20.00')]),
      ...sold(APART, '2026-10-02T16:00:00Z', 2, [price('20.00')]),
      ...sold(LATE, '2026-10-02T17:00:00Z', 2, [price('20.00')]),
      ...sold(TAKEN_BACK, '2026-10-03T15:00:00Z', 1, [price('50.00')]),
      ...sold(ALL_KEPT, '2026-10-03T16:00:00Z', 1, [price('30.00')]),
      ...sold(MORE_KEPT, '2026-10-03T17:00:00Z', 1, [price('30.00')]),
      ...back(TAKEN_BACK, '2026-10-04T16:00:00Z', [price('-50.00')]),
      // 20 + 20 + 20 + 50 + 30 + 30 − 50 = 120, and this.
      account('WAREHOUSE_LOST', '90.00', '2026-10-05T08:00:00Z', 'FBA Inventory Reimbursement'),
    ],
  ),
  report(
    {
      id: '27300000002',
      start: '2026-10-08T07:00:00Z',
      end: '2026-10-15T07:00:00Z',
      deposit: '2026-10-17T07:00:00Z',
      total: '92.00',
    },
    [
      ...[TOGETHER, APART, LATE].flatMap((number) =>
        [1, 2].flatMap(() => back(number, `2026-10-10T1${number}:00:00Z`, [price('-10.00')])),
      ),
      ...back(TAKEN_BACK, '2026-10-09T16:00:00Z', [price('50.00')]),
      ...back(ALL_KEPT, '2026-10-11T15:00:00Z', [price('-30.00'), ['ItemPrice', 'RestockingFee', '30.00']]),
      ...back(MORE_KEPT, '2026-10-11T16:00:00Z', [price('-30.00'), ['ItemPrice', 'RestockingFee', '32.00']]),
      // −60 + 50 + 0 + 2 = −8, and this.
      account('WAREHOUSE_LOST', '100.00', '2026-10-12T08:00:00Z', 'FBA Inventory Reimbursement'),
    ],
  ),
];

/** The refund as two transactions with an item each; the second is told `hours` after it was posted. */
function apart(world: AmazonWorld, orderId: string, hours: number): AmazonWorld {
  return {
    ...world,
    refunds: world.refunds.flatMap((one): WorldRefund[] =>
      one.orderId !== orderId
        ? [one]
        : [1, 2].map((number) => ({
            ...one,
            transactionId: `${one.transactionId}-${number}`,
            publishedAt:
              number === 1
                ? one.publishedAt
                : new Date(Date.parse(one.postedAt) + hours * 3_600_000).toISOString().replace('.000', ''),
            items: one.items.map((item) => ({ ...item, quantity: 1, principal: '-10.00' })),
          })),
    ),
  };
}

describe('refunds of one second, taken back, and with more kept than given', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    let told = worldFromSettlements(REPORTS);
    told = apart(apart(told, order(APART), 1), order(LATE), 47);
    told = { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '4.00' })) };
    world = await openWorld({ world: told, paceDays: 1 });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 150_000);
  afterAll(() => world?.close());

  const documents = async (number: number) =>
    (
      await world.store.db
        .selectFrom('documents')
        .select(['external_id', 'total', 'state'])
        .where('order_id', '=', order(number))
        .where('purpose', 'in', ['RA', 'CM', 'INV'])
        .orderBy('external_id')
        .execute()
    ).map(
      ({ external_id: id, total, state }) =>
        `${id.replace(`AMZ_demo-us_`, '').replace(order(number), '…')} ${total} ${state}`,
    );

  test('every payout is tied and nothing is open', () => {
    expect(tieOut.openExceptions.map(({ code, what }) => `${code}: ${what}`)).toEqual([]);
    expect(tieOut.payouts.map(({ tied }) => tied)).toEqual([true, true]);
    expect(tieOut.duplicates).toEqual([]);
  });
  test('two units of one second are one return and one memo, however Finances tells them', async () => {
    expect(await documents(TOGETHER)).toEqual([
      'CM_…-20261010T110000_1 2000 posted',
      'INV_…-Dr1_1 2000 posted',
      'RA_…-20261010T110000_1 2000 posted',
    ]);
    expect(await documents(APART)).toEqual([
      'CM_…-20261010T120000_1 2000 posted',
      'INV_…-Dr2_1 2000 posted',
      'RA_…-20261010T120000_1 2000 posted',
    ]);
  });
  test('one that is told after the memo was posted has documents of its own, and the payout pays out both', async () => {
    expect(await documents(LATE)).toEqual([
      'CM_…-20261010T130000-2_1 1000 posted',
      'CM_…-20261010T130000_1 1000 posted',
      'INV_…-Dr3_1 2000 posted',
      'RA_…-20261010T130000-2_1 1000 posted',
      'RA_…-20261010T130000_1 1000 posted',
    ]);
  });
  test('one that Amazon takes back is an invoice of its own, and nobody waits for the goods', async () => {
    expect(await documents(TAKEN_BACK)).toEqual([
      'CM_…-20261004T160000_1 5000 posted',
      'INV_…-20261009T160000_1 5000 posted',
      'INV_…-Dr4_1 5000 posted',
      'RA_…-20261004T160000_1 5000 posted',
    ]);
    const lines = await world.suiteql(
      `SELECT tl.isclosed closed FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE t.externalid = 'AMZ_demo-us_RA_${order(TAKEN_BACK)}-20261004T160000_1' AND tl.mainline = 'F' ORDER BY tl.id`,
    );
    expect(lines).toEqual([{ closed: 'T' }]);
  });
  test('a fee of all of it leaves a memo of nothing, one of more an invoice of the rest', async () => {
    expect(await documents(ALL_KEPT)).toEqual([
      'CM_…-20261011T150000_1 0 posted',
      'INV_…-Dr5_1 3000 posted',
      'RA_…-20261011T150000_1 0 posted',
    ]);
    expect(await documents(MORE_KEPT)).toEqual(['INV_…-20261011T160000_1 200 posted', 'INV_…-Dr6_1 3000 posted']);
  });
  test('the books are what was worked out by hand', () => {
    expect(tieOut.balances).toMatchObject({
      // 60 + 50 + 30 + 30 sold; 60 + 50 + 30 came back.
      'product-sales': '-30.00',
      // The book that was taken back; 30.00 kept; 32.00 kept of 30.00 given back.
      refunds: '-82.00',
      reimbursements: '-190.00',
      clearing: '0.00',
      receivable: '0.00',
      'payouts-in-transit': '0.00',
      bank: '302.00',
    });
  });
});
