import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import {
  withOtherPrice,
  withoutBankLine,
  withoutRefund,
  withoutReportRow,
  withoutShipment,
} from '../../src/local/demo-month/disagreements.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, refund, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const DEARER = '114-0000001-0000001';
const CUT_SHORT = '114-0000002-0000002';
const UNSEEN = '114-0000003-0000003';
const WHOLE = '114-0000004-0000004';
const RETURNED = '114-0000005-0000005';
const NEVER_SHIPPED = '114-0000006-0000006';

/** 25.00 less 3.75 and 3.25: 18.00. */
const sold = (order: string, at: string): Cells[] =>
  sale({ order, shipment: `D${order.slice(-7)}`, at, item: `9${order.slice(-7)}`, sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]);
/** 25.00 back, less the commission but for 0.75: −22.00. */
const givenBack = (order: string, at: string): Cells[] =>
  refund({ order, at, item: `9${order.slice(-7)}`, sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '-25.00'],
    ['ItemFees', 'Commission', '3.75'],
    ['ItemFees', 'RefundCommission', '-0.75'],
  ]);

const REPORTS = [
  report(
    {
      id: '27000000001',
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-08T07:00:00Z',
      deposit: '2026-10-10T07:00:00Z',
      total: '18.00',
    },
    sold(DEARER, '2026-10-03T16:00:00Z'),
  ),
  report(
    {
      id: '27000000002',
      start: '2026-10-08T07:00:00Z',
      end: '2026-10-15T07:00:00Z',
      deposit: '2026-10-17T07:00:00Z',
      total: '16.00',
    },
    [...sold(CUT_SHORT, '2026-10-10T16:00:00Z'), account('Storage Fee', '-2.00', '2026-10-11T08:00:00Z')],
  ),
  report(
    {
      id: '27000000003',
      start: '2026-10-15T07:00:00Z',
      end: '2026-10-22T07:00:00Z',
      deposit: '2026-10-24T07:00:00Z',
      total: '17.00',
    },
    [...sold(UNSEEN, '2026-10-17T16:00:00Z'), account('Subscription Fee', '-1.00', '2026-10-18T08:00:00Z')],
  ),
  report(
    {
      id: '27000000004',
      start: '2026-10-22T07:00:00Z',
      end: '2026-10-29T07:00:00Z',
      deposit: '2026-10-31T07:00:00Z',
      total: '36.00',
    },
    [...sold(WHOLE, '2026-10-24T16:00:00Z'), ...sold(RETURNED, '2026-10-25T16:00:00Z')],
  ),
  report(
    {
      id: '27000000005',
      start: '2026-10-29T07:00:00Z',
      end: '2026-11-05T08:00:00Z',
      deposit: '2026-11-07T08:00:00Z',
      total: '-4.00',
    },
    [...sold(NEVER_SHIPPED, '2026-10-31T16:00:00Z'), ...givenBack(RETURNED, '2026-11-02T17:00:00Z')],
  ),
];

/** Amazon says one thing in its orders, shipments and Finances, and another in its reports; the bank misses a line. */
describe('a world in which orders, reports and bank disagree', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    let told = worldFromSettlements(REPORTS);
    told = withOtherPrice(told, DEARER, '26.00');
    told = withoutReportRow(told, '27000000002', ['Storage Fee']);
    told = withoutBankLine(told, '27000000003');
    told = withoutShipment(told, NEVER_SHIPPED);
    told = withoutRefund(told, RETURNED);
    world = await openWorld({ world: told, paceDays: 7 });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());
  const payout = (id: string) => tieOut.payouts.find((known) => known.settlementId === id)!;
  const exceptions = (code: string) => tieOut.openExceptions.filter((known) => known.code === code);

  test('a price that changed ends as document-differs, and its payout is not tied', () => {
    expect(payout('27000000001')).toMatchObject({ tied: false, exceptions: ['document-differs'] });
    expect(exceptions('document-differs')).toEqual([
      expect.objectContaining({
        owner: 'finance',
        atStake: '1.00',
        currency: 'USD',
        subject: 'payout:27000000001',
        what: `AMZ_demo-us_INV_${DEARER}-D0000001_1 is 26.00 USD and Amazon settled 25.00 USD`,
        act: expect.stringContaining(`npx tieout settle-difference AMZ_demo-us_INV_${DEARER}-D0000001_1 variance`),
      }),
    ]);
  });
  test('a report that misses a row is refused with its sum, and nothing is posted for it', async () => {
    expect(payout('27000000002')).toMatchObject({
      tied: false,
      exceptions: ['report-sum'],
      journal: { externalIds: [] },
      movements: [],
    });
    expect(exceptions('report-sum')).toEqual([
      expect.objectContaining({
        owner: 'finance',
        atStake: '16.00',
        subject: 'payout:27000000002',
        act: expect.stringContaining('tieout settlement import FILE'),
      }),
    ]);
    expect(await world.suiteql("SELECT id FROM transaction WHERE externalid LIKE '%27000000002%'")).toEqual([]);
  });
  test('a bank line that is missing leaves its payout waiting, posted and without a deposit', async () => {
    expect(payout('27000000003')).toMatchObject({
      tied: false,
      movements: [{ kind: 'payout', amount: '17.00', bankLine: null, state: 'expected' }],
    });
    expect(await world.details('payout:demo-us:27000000003')).toContain(
      'not seen on a statement: AMZ_demo-us_DEP_27000000003_1',
    );
    expect(
      await world.suiteql("SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_DEP_27000000003_1'"),
    ).toEqual([]);
  });
  test('a sale without a shipment and a refund that Finances never told end as document-missing', () => {
    expect(payout('27000000005')).toMatchObject({ tied: false, exceptions: ['document-missing'] });
    expect(exceptions('document-missing')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          owner: 'operations',
          atStake: '25.00',
          act: `npx tieout status order ${NEVER_SHIPPED}`,
        }),
        expect.objectContaining({
          owner: 'operations',
          atStake: '-25.00',
          act: expect.stringContaining(`npx tieout book-refund ${RETURNED} --settlement 27000000005 --why "…"`),
        }),
      ]),
    );
    expect(exceptions('document-missing')).toHaveLength(2);
  });
  test('the payout that is whole is tied, and nothing else is open', () => {
    expect(payout('27000000004')).toMatchObject({ tied: true, exceptions: [] });
    expect(tieOut.openExceptions.map(({ code }) => code).sort()).toEqual([
      'bank-line-missing',
      'document-differs',
      'document-missing',
      'document-missing',
      'report-sum',
    ]);
    expect(tieOut.duplicates).toEqual([]);
  });
  test('the receivable and the transit account hold just what is open: 1.00 and 25.00 of invoices, the 17.00 that the bank misses', () => {
    expect(tieOut.balances).toMatchObject({ receivable: '26.00', 'payouts-in-transit': '17.00' });
  });
  test('an order whose process ended right after its Sales Order was posted is taken up as ordered, without a second one', async () => {
    await world.store.db
      .updateTable('orders')
      .set({ state: 'seen', told: false })
      .where('order_id', '=', NEVER_SHIPPED)
      .execute();
    await world.look();
    expect(
      await world.store.db
        .selectFrom('orders')
        .select('state')
        .where('order_id', '=', NEVER_SHIPPED)
        .executeTakeFirst(),
    ).toEqual({ state: 'ordered' });
    expect(
      await world.suiteql(
        `SELECT externalid FROM transaction WHERE type = 'SalesOrd' AND otherrefnum = '${NEVER_SHIPPED}'`,
      ),
    ).toEqual([{ externalid: `AMZ_demo-us_SO_${NEVER_SHIPPED}_1` }]);
  });
});
