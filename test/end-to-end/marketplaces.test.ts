import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exitCodeOfRun } from '../../src/views/tie-out/run-verdict.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report, sale, type Amount } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const [OCT_1, OCT_15, OCT_29] = ['2026-10-01T07:00:00Z', '2026-10-15T07:00:00Z', '2026-10-29T07:00:00Z'] as const;
/** 25.00 less 3.75 and 3.25: 18.00. */
const PLAIN: readonly Amount[] = [
  ['ItemPrice', 'Principal', '25.00'],
  ['ItemFees', 'Commission', '-3.75'],
  ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
];
const sold = (number: number, at: string, marketplace: string) =>
  sale(
    {
      order: `114-900000${number}-900000${number}`,
      shipment: `M${number}`,
      at,
      item: `910${number}`,
      sku: 'SKU-A',
      quantity: 1,
      marketplace,
    },
    PLAIN,
  );
const LISTED = { marketplaces: [{ id: 'ATVPDKIKX0DER', customer: 'Amazon US', location: 'FBA US' }] };

describe('a connection that lists one of the marketplaces of its seller', () => {
  const US = report(
    { id: '27800000001', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '18.00' },
    sold(1, '2026-10-05T09:00:00Z', 'Amazon.com'),
  );
  const CANADA = report(
    { id: '27800000002', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '18.00', currency: 'CAD' },
    sold(2, '2026-10-06T09:00:00Z', 'Amazon.ca'),
  );
  /** No row names a marketplace: it follows on Canada's. */
  const CANADA_AGAIN = report(
    { id: '27800000003', start: OCT_15, end: OCT_29, deposit: '2026-10-31T07:00:00Z', total: '-3.00', currency: 'CAD' },
    [account('Subscription Fee', '-3.00', '2026-10-20T08:00:00Z')],
  );
  const MIXED = report(
    { id: '27800000004', start: OCT_15, end: OCT_29, deposit: '2026-10-31T07:00:00Z', total: '36.00' },
    [...sold(3, '2026-10-20T09:00:00Z', 'Amazon.com'), ...sold(4, '2026-10-21T09:00:00Z', 'Amazon.com.mx')],
  );
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements([US, CANADA, CANADA_AGAIN, MIXED]),
      paceDays: 14,
      settings: LISTED,
    });
    await world.runToTheEnd();
  }, 90_000);
  afterAll(() => world?.close());

  test('books that one, leaves the others alone and says so once, and one that names both waits', async () => {
    const tieOut = await world.tieOut();
    expect(tieOut.payouts.map(({ settlementId, tied }) => [settlementId, tied])).toEqual([
      ['27800000001', true],
      ['27800000004', false],
    ]);
    expect(tieOut.openExceptions.map(({ code, subject, what }) => [code, subject, what])).toEqual(
      expect.arrayContaining([
        [
          'marketplace-not-listed',
          'marketplace:A2EUQ1WTGCTBG2',
          'settlement 27800000002 of amazon.ca, which no connection lists: left alone',
        ],
        [
          'settlement-unassigned',
          'payout:27800000004',
          'nobody knows whose settlement 27800000004 is: it names ATVPDKIKX0DER, which this connection lists, and A1AM78C64UM0Y8, which it does not',
        ],
      ]),
    );
    expect(
      await world.suiteql(
        "SELECT id FROM transaction WHERE externalid LIKE '%2780000000%' AND externalid NOT LIKE '%27800000001%'",
      ),
    ).toEqual([]);
    expect(exitCodeOfRun([tieOut], { failed: 0 })).not.toBe(0);
  });
});

describe('a file that names a marketplace of another system too, under foreignRows: merchant-orders', () => {
  const MIXED = report(
    { id: '27800000005', start: OCT_1, end: OCT_15, deposit: '2026-10-17T07:00:00Z', total: '36.00' },
    [...sold(5, '2026-10-05T09:00:00Z', 'Amazon.com'), ...sold(6, '2026-10-06T09:00:00Z', 'Amazon.com.mx')],
  );
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      world: worldFromSettlements([MIXED]),
      paceDays: 14,
      settings: { ...LISTED, foreignRows: 'merchant-orders' },
    });
    await world.runToTheEnd();
  }, 90_000);
  afterAll(() => world?.close());

  /** Two sales of 25.00: one is ours and has its invoice, the price of the other stands with the other system; fees of both are charged here. */
  test('books the price of foreign sales there and makes no document of them', async () => {
    const tieOut = await world.tieOut();
    expect(tieOut.payouts.map(({ tied }) => tied)).toEqual([true]);
    expect(tieOut.balances).toMatchObject({
      'merchant-orders': '-25.00',
      'product-sales': '-25.00',
      'selling-fees': '7.50',
      'fulfilment-fees': '6.50',
      bank: '36.00',
      clearing: '0.00',
      receivable: '0.00',
    });
    expect(await world.suiteql("SELECT id FROM transaction WHERE externalid LIKE '%114-9000006%'")).toEqual([]);
  });
});
