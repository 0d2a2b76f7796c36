/**
 * A UK seller's October through the whole product, with VAT that Amazon calculates (VCS) and without. Worked out by hand
 * from uk-sales.ts, per piece in pounds (gross = net + VAT; commission 18 % of gross; fee of sending):
 *
 *   teapot 19.99 = 16.66 + 3.33; 3.60; 4.20      3 soaps 29.97 = 24.97 + 5.00; 5.39; 6.30
 *   seat 63.00 = 60.00 + 3.00; 11.34; 6.00       book 8.50 = 8.50 + 0; 1.53; 2.50
 *   tray 24.00 = 20.00 + 4.00; 4.32; 3.30, with shipping of 2.49 + 0.50 given free
 *   tray abroad 20.00; 3.60; 3.30                2 trays to a business abroad 40.00; 7.20; 6.60
 *
 * Back: teapot 16.66 + 3.33, commission 2.88; soap 8.32 + 1.67, 1.44; seat in part 10.00 + 0.50, 1.51.
 *
 * | pounds                                | net    | VAT GB | selling fees | sending |
 * |---------------------------------------|-------:|-------:|-------------:|--------:|
 * | 1st: 4 teapots, 2 soaps, seat, 2 books, tray | 213.58 | 30.32 | 43.90 + 4.32 | 43.70 |
 * | 1st: a teapot back                    | −16.66 |  −3.33 |        −2.88 |         |
 * | 2nd: 5 teapots, 2 soaps, seat, book, tray, abroad 20 and 40 | 281.74 | 33.65 | 56.77 | 55.30 |
 * | 2nd: soap, teapot, seat back          | −34.98 |  −5.50 |        −5.83 |         |
 * | not settled: a teapot                 |  16.66 |   3.33 |              |         |
 * | sum                                   | 460.34 |  58.47 |        96.28 |   99.00 |
 *
 * Of the net 10.00 is a part of a price (refunds), so product sales are 470.34. Another system's tray: 24.00, its
 * commission 4.32 is ours. Subscription 30.00, storage 12.00, advertising 24.00.
 * Payouts: 243.90 + 24.00 − 19.99 − 45.34 − 43.70 − 36.00 − reserve 15.00 = 107.87;
 * 15.00 + 315.39 − 40.48 − 50.94 − 55.30 − 30.00 = 153.67.
 * VAT by month: October 30.32 + 33.65 − 3.33 (1 November) less 3.33 + 1.67 + 0.50 = 55.14; November 3.33 + 3.33 − 3.33 = 3.33.
 *
 * In euros Amazon owes: teapot 19.99 = 16.80 + 3.19, 3 soaps 29.97 = 25.18 + 4.79; fees as in pounds. Each payout 3 teapots
 * and the soaps: net 75.58, 16.19, 18.90; from the second a teapot goes back: −16.80, −2.88. 40.49 and 26.57; sales 134.36.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { ukMonth } from '../../src/local/demo-month/uk/uk-month.ts';
import { ukSettings } from '../../src/local/demo-month/uk/uk-settings.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

/** Without VCS in `npm run demo-month` alone: CI's time is full, and sales-tax.test.ts has the same in small. */
describe.each([
  ['calculated by Amazon', { vcs: true }] as const,
  ...(process.env['DEMO'] === 'full' ? [['worked out by the rates', { vcs: false }] as const] : []),
])('the month of a UK seller, %s', (_, switches) => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    const month = ukMonth(switches);
    const { marketplaces, tax } = ukSettings(month, switches);
    world = await openWorld({ paceDays: 7, world: month, settings: { marketplaces, tax } });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 150_000);
  afterAll(() => world?.close());

  test('is tied, payout by payout, without a decision', () => {
    expect(tieOut.payouts.map(({ total, tied }) => [total, tied]).sort()).toEqual([
      ['107.87', true],
      ['153.67', true],
      ['26.57', true],
      ['40.49', true],
    ]);
    expect(tieOut.openExceptions).toEqual([]);
  });

  test('comes to the balances worked out by hand', () => {
    expect(tieOut.balances).toMatchObject({
      'product-sales.GBP': '-470.34',
      'refunds.GBP': '10.00',
      'shipping-income.GBP': '-4.98',
      'promotions.GBP': '4.98',
      'receivable.GBP': '19.99',
      'clearing.GBP': '0.00',
      'merchant-orders.GBP': '-24.00',
      'selling-fees.GBP': '96.28',
      'fulfilment-fees.GBP': '99.00',
      'subscription.GBP': '30.00',
      'storage.GBP': '12.00',
      'advertising.GBP': '24.00',
      'reserve-held.GBP': '0.00',
      'payouts-in-transit.GBP': '0.00',
      'bank.GBP': '261.54',
      'product-sales.EUR': '-134.36',
      'receivable.EUR': '0.00',
      'clearing.EUR': '0.00',
      'selling-fees.EUR': '29.50',
      'fulfilment-fees.EUR': '37.80',
      'payouts-in-transit.EUR': '0.00',
      'bank.EUR': '67.06',
    });
    expect(tieOut.balances).not.toHaveProperty('sales-tax-payable.EUR');
  });

  test('owes Britain what was dispatched in each month, and Germany nothing', async () => {
    const rows = await world.suiteql(
      "SELECT TO_CHAR(t.trandate, 'YYYY-MM') AS month, a.acctnumber, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account WHERE a.acctnumber IN ('2211', '2212', '2200') AND tal.posting = 'T' GROUP BY TO_CHAR(t.trandate, 'YYYY-MM'), a.acctnumber ORDER BY TO_CHAR(t.trandate, 'YYYY-MM')",
    );
    expect(rows.map((row) => [row['month'], row['acctnumber'], Number(row['amount']).toFixed(2)])).toEqual([
      ['2026-10', '2211', '-55.14'],
      ['2026-11', '2211', '-3.33'],
    ]);
  });
});
