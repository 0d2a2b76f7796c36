import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { sendDecision } from '../../src/operations/decisions/send-decision.ts';
import { withOtherPrice, withoutReportRow, withReissuedReport } from '../../src/local/demo-month/disagreements.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report, sale, type Amount, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const order = (number: number) => `114-000000${number}-000000${number}`;
const sold = (number: number, at: string, amounts: readonly Amount[]): Cells[] =>
  sale({ order: order(number), shipment: `D${number}`, at, item: `900${number}`, sku: 'SKU-A', quantity: 1 }, amounts);
/** 25.00 less 3.75 and 3.25: 18.00. */
const PLAIN: readonly Amount[] = [
  ['ItemPrice', 'Principal', '25.00'],
  ['ItemFees', 'Commission', '-3.75'],
  ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
];

const HEADS = {
  moved: {
    id: '27100000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-08T07:00:00Z',
    deposit: '2026-10-10T07:00:00Z',
    total: '18.00',
  },
  cheaper: {
    id: '27100000002',
    start: '2026-10-08T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '18.00',
  },
  prices: {
    id: '27100000003',
    start: '2026-10-15T07:00:00Z',
    end: '2026-10-22T07:00:00Z',
    deposit: '2026-10-24T07:00:00Z',
    total: '54.00',
  },
  short: {
    id: '27100000004',
    start: '2026-10-22T07:00:00Z',
    end: '2026-10-29T07:00:00Z',
    deposit: '2026-10-31T07:00:00Z',
    total: '16.00',
  },
};
const REPORTS = [
  report(HEADS.moved, sold(1, '2026-10-03T16:00:00Z', PLAIN)),
  report(HEADS.cheaper, sold(2, '2026-10-10T16:00:00Z', PLAIN)),
  report(HEADS.prices, [
    ...sold(3, '2026-10-17T16:00:00Z', PLAIN),
    ...sold(4, '2026-10-18T16:00:00Z', PLAIN),
    ...sold(5, '2026-10-19T16:00:00Z', PLAIN),
  ]),
  report(HEADS.short, [
    ...sold(6, '2026-10-24T16:00:00Z', PLAIN),
    account('Storage Fee', '-2.00', '2026-10-25T08:00:00Z'),
  ]),
];
/** The same total; 0.25 of the commission turns out to be a fulfilment fee. */
const MOVED_AGAIN = report(
  HEADS.moved,
  sold(1, '2026-10-03T16:00:00Z', [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.50'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.50'],
  ]),
);
/** The same total; the goods went for 1.00 less, and so did the commission. */
const CHEAPER_AGAIN = report(
  HEADS.cheaper,
  sold(2, '2026-10-10T16:00:00Z', [
    ['ItemPrice', 'Principal', '24.00'],
    ['ItemFees', 'Commission', '-2.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]),
);

const invoice = (number: number) => `AMZ_demo-us_INV_${order(number)}-D${number}_1`;

describe('reports that Amazon issues again, and documents that it settles for another amount', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    let told = worldFromSettlements(REPORTS);
    // What NetSuite holds is dearer, dearer and cheaper than what Amazon settles.
    told = withOtherPrice(told, order(3), '26.00');
    told = withOtherPrice(told, order(4), '27.00');
    told = withOtherPrice(told, order(5), '23.00');
    told = withoutReportRow(told, HEADS.short.id, ['Storage Fee']);
    told = withReissuedReport(told, HEADS.moved.id, MOVED_AGAIN.bytes, '2026-11-11T08:00:00Z');
    told = withReissuedReport(told, HEADS.cheaper.id, CHEAPER_AGAIN.bytes, '2026-11-11T08:00:00Z');
    told = withReissuedReport(told, HEADS.short.id, REPORTS[3]!.bytes, '2026-11-11T08:00:00Z');
    told = { ...told, catalogue: told.catalogue.map((product) => ({ ...product, unitCost: '8.00' })) };
    world = await openWorld({ world: told, paceDays: 7 });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 150_000);
  afterAll(() => world?.close());
  const payout = (id: string) => tieOut.payouts.find((known) => known.settlementId === id)!;
  const lines = (externalId: string) =>
    world.suiteql(`SELECT a.acctnumber account, tl.foreignamount amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount
    WHERE t.externalid = '${externalId}' ORDER BY tl.foreignamount DESC, a.acctnumber`);

  test('a journal whose report was issued again is reversed and posted anew; its payment stays, and its payout is tied', async () => {
    expect(payout('27100000001')).toMatchObject({
      tied: true,
      exceptions: [],
      journal: { externalIds: ['AMZ_demo-us_JE_27100000001-r1_1'], debit: '25.00', credit: '25.00' },
    });
    const amounts = async (externalId: string) => (await lines(externalId)).map((line) => line['amount']);
    expect(await amounts('AMZ_demo-us_JE_27100000001_1')).toEqual(['18', '3.75', '3.25', '-25']);
    expect(await amounts('AMZ_demo-us_JE_27100000001-x1_1')).toEqual(['25', '-3.25', '-3.75', '-18']);
    expect(await amounts('AMZ_demo-us_JE_27100000001-r1_1')).toEqual(['18', '3.5', '3.5', '-25']);
    expect(
      await world.suiteql("SELECT externalid FROM transaction WHERE externalid LIKE 'AMZ_demo-us_PAY_27100000001%'"),
    ).toEqual([{ externalid: 'AMZ_demo-us_PAY_27100000001_1' }]);
  });
  test('a document that the first report paid otherwise is named, and its payout is not tied', () => {
    expect(payout('27100000002')).toMatchObject({
      tied: false,
      exceptions: expect.arrayContaining(['document-differs', 'report-reissued']),
    });
    expect(tieOut.openExceptions).toContainEqual(
      expect.objectContaining({
        code: 'document-differs',
        owner: 'finance',
        atStake: '1.00',
        what: `${invoice(2)} is 25.00 USD and Amazon settled 24.00 USD`,
        act: expect.stringContaining(`npx tieout settle-difference ${invoice(2)} variance`),
      }),
    );
  });
  test('a report that did not add up is replaced by the one that does, under the same keys', () => {
    expect(payout('27100000004')).toMatchObject({
      tied: true,
      exceptions: [],
      rows: 4,
      journal: { externalIds: ['AMZ_demo-us_JE_27100000004_1'] },
    });
  });

  describe('once people have decided', () => {
    beforeAll(async () => {
      const settle = (document: string, choice: 'variance' | 'leave') =>
        sendDecision(world.context, {
          update: 'settleDifference',
          args: { document, choice, by: 'maria', why: 'price override, case 1234' },
        });
      await expect(settle('AMZ_demo-us_INV_no-such_1', 'variance')).rejects.toThrow();
      await settle(invoice(2), 'variance');
      await settle(invoice(3), 'variance');
      await settle(invoice(4), 'leave');
      // Given twice, as after a lost answer: it is taken once.
      for (const _ of [1, 2]) await settle(invoice(5), 'variance');
      await world.look();
      await world.look();
      tieOut = await world.tieOut();
    }, 60_000);

    test('every payout is tied and nothing is open', () => {
      expect(tieOut.payouts.map(({ settlementId, tied }) => [settlementId, tied])).toEqual([
        ['27100000001', true],
        ['27100000002', true],
        ['27100000003', true],
        ['27100000004', true],
      ]);
      expect(tieOut.openExceptions).toEqual([]);
      expect(tieOut.duplicates).toEqual([]);
    });
    test('the differences are on variance, each in a journal of its own, and clearing is empty', async () => {
      // Short by 1.00 and 1.00, over by 2.00.
      expect(
        (
          await world.suiteql(
            "SELECT externalid FROM transaction WHERE externalid LIKE 'AMZ_demo-us_JE_%-v%' ORDER BY externalid",
          )
        ).map((row) => row['externalid']),
      ).toEqual([
        'AMZ_demo-us_JE_27100000002-v1_1',
        'AMZ_demo-us_JE_27100000003-v1_1',
        'AMZ_demo-us_JE_27100000003-v2_1',
      ]);
      expect(tieOut.balances).toMatchObject({ clearing: '0.00', variance: '0.00', 'payouts-in-transit': '0.00' });
      expect((await lines('AMZ_demo-us_JE_27100000002-v1_1')).map((line) => line['amount'])).toEqual(['1', '-1']);
      expect((await lines('AMZ_demo-us_JE_27100000003-v2_1')).map((line) => line['amount'])).toEqual(['2', '-2']);
    });
    test('what was left as it is stays open: 2.00 of the invoice of 27.00', () => {
      expect(tieOut.balances).toMatchObject({ receivable: '2.00' });
      expect(tieOut.explained.filter(({ difference }) => difference !== '0.00')).toEqual([]);
    });
    test('income and fees are what the reports of the last issue say', () => {
      // 25 + 25 + 26 + 27 + 23 + 25 sold; commissions 3.50 + 2.75 + 4 × 3.75; fulfilment 3.50 + 5 × 3.25.
      expect(tieOut.balances).toMatchObject({
        'product-sales': '-151.00',
        'selling-fees': '21.25',
        'fulfilment-fees': '19.75',
        storage: '2.00',
        bank: '106.00',
      });
    });
  });
});
