import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { refund, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const KEPT = '202-8000003-0000003';
const REFUNDED = '202-8000004-0000004';
const TOLD = '202-8000005-0000005';
const UNTOLD = '202-8000006-0000006';
const FORMER = '202-8000007-0000007';
const UK = { marketplace: 'Amazon.co.uk', sku: 'MUG', quantity: 1 };

/** Gross 120.00, 60.00; what goes back is 60.00, 36.00 and 12.00; fees 18.00, 9.00, −9.00, 1.80, −4.00. */
const merchantRows = (): Cells[] => [
  ...sale({ ...UK, order: KEPT, at: '2026-10-05T10:00:00Z', item: '9501', channel: 'MFN' }, [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemFees', 'Commission', '-18.00'],
  ]),
  ...sale({ ...UK, order: REFUNDED, at: '2026-10-06T10:00:00Z', item: '9502', channel: 'MFN' }, [
    ['ItemPrice', 'Principal', '50.00'],
    ['ItemPrice', 'Tax', '10.00'],
    ['ItemFees', 'Commission', '-9.00'],
  ]),
  ...refund({ ...UK, order: REFUNDED, at: '2026-10-09T10:00:00Z', item: '9502', channel: 'MFN' }, [
    ['ItemPrice', 'Principal', '-50.00'],
    ['ItemPrice', 'Tax', '-10.00'],
    ['ItemFees', 'Commission', '9.00'],
    ['ItemFees', 'RefundCommission', '-1.80'],
  ]),
  ...refund({ ...UK, order: TOLD, at: '2026-10-10T10:00:00Z', item: '9503', channel: 'MFN' }, [
    ['ItemPrice', 'Principal', '-30.00'],
    ['ItemPrice', 'Tax', '-6.00'],
    ['ItemFees', 'Commission', '4.00'],
  ]),
  ...refund({ ...UK, order: UNTOLD, at: '2026-10-11T10:00:00Z', item: '9504', channel: 'MFN' }, [
    ['ItemPrice', 'Principal', '-10.00'],
    ['ItemPrice', 'Tax', '-2.00'],
  ]),
];
/** Of an FBA order of former days, of which Finances does not say who fulfilled it either: it is ours. */
const former = (): Cells[] =>
  refund({ ...UK, order: FORMER, at: '2026-10-12T10:00:00Z', item: '9505' }, [
    ['ItemPrice', 'Principal', '-15.00'],
    ['ItemFees', 'Commission', '1.50'],
  ]);

describe('merchant-fulfilled sales that another system owns, and their refunds', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    // 120.00 − 18.00 + 60.00 − 9.00 − 52.80 − 32.00 − 12.00 − 13.50
    const told = worldFromSettlements([
      report(
        {
          id: '27500000001',
          start: '2026-10-01T23:00:00Z',
          end: '2026-10-15T23:00:00Z',
          deposit: '2026-10-17T23:00:00Z',
          total: '42.70',
          currency: 'GBP',
        },
        [...merchantRows(), ...former()],
      ),
    ]);
    world = await openWorld({
      paceDays: 7,
      world: {
        ...told,
        refunds: told.refunds.map((one) => ([UNTOLD, FORMER].includes(one.orderId) ? { ...one, network: null } : one)),
      },
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('have no document of ours, whatever Finances tells, also where the order was never taken in and only the row says whose it is', async () => {
    expect(
      (
        await world.suiteql(
          "SELECT memo FROM transaction WHERE type IN ('CustCred', 'RtnAuth', 'CustInvc', 'SalesOrd', 'ItemShip') ORDER BY id",
        )
      ).map((row) => row['memo']),
    ).toEqual([`CM ${FORMER}-20261012T100000 1`]);
  });
  test('stand on merchant-orders with their tax; their fees are booked, the refund that is ours is paid out, and the payout is tied', () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '42.70', tied: true })]);
    expect(tieOut.balances).toMatchObject({
      'merchant-orders': '-72.00',
      'selling-fees': '14.30',
      refunds: '15.00',
      receivable: '0.00',
      clearing: '0.00',
      bank: '42.70',
    });
    expect(tieOut.balances).not.toHaveProperty('sales-tax-payable');
    expect(tieOut.openExceptions).toEqual([]);
  });
});

const EUR = { sku: 'LAMP', quantity: 1 };

describe('Multi-Channel orders under the names of old shops', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    world = await openWorld({
      paceDays: 7,
      world: worldFromSettlements([
        report(
          {
            id: '27500000002',
            start: '2026-10-01T22:00:00Z',
            end: '2026-10-15T22:00:00Z',
            deposit: '2026-10-17T22:00:00Z',
            total: '36.30',
            currency: 'EUR',
          },
          [
            ...sale(
              {
                ...EUR,
                order: '302-4000601-2000601',
                shipment: 'Dde1',
                at: '2026-10-05T10:00:00Z',
                item: '9601',
                marketplace: 'Amazon.de',
              },
              [
                ['ItemPrice', 'Principal', '20.00'],
                ['ItemFees', 'Commission', '-3.00'],
              ],
            ),
            ...sale(
              {
                ...EUR,
                order: '403-4000601-2000601',
                shipment: 'Dit1',
                at: '2026-10-05T11:00:00Z',
                item: '9602',
                marketplace: 'Amazon.it',
              },
              [
                ['ItemPrice', 'Principal', '30.00'],
                ['ItemFees', 'Commission', '-4.50'],
              ],
            ),
            ...sale(
              {
                ...EUR,
                order: 'S02-4000603-2000603',
                shipment: 'Dit2',
                at: '2026-10-06T10:00:00Z',
                item: '9603',
                marketplace: 'SI Prod IT Marketplace',
              },
              [
                ['ItemPrice', 'Principal', '0.00'],
                ['ItemFees', 'FBAPerUnitFulfillmentFee', '-6.20'],
              ],
            ),
          ],
        ),
      ]),
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('have a Sales Order and a fulfilment of the country that they name, without a price, and no invoice, not even of 0.00', async () => {
    const rows = await world.suiteql(
      "SELECT t.type, t.foreigntotal, c.entityid FROM transaction t JOIN customer c ON c.id = t.entity WHERE t.memo LIKE '% S02-%' ORDER BY t.id",
    );
    expect(rows.map((row) => [row['type'], row['entityid']])).toEqual([
      ['SalesOrd', 'Amazon IT'],
      ['ItemShip', 'Amazon IT'],
    ]);
    expect(tieOut.documents).toMatchObject({ SO: 3, IF: 3, INV: 2 });
  });
  test('leave nothing open', () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '36.30', tied: true })]);
    expect(tieOut.balances).toMatchObject({
      'product-sales': '-50.00',
      'fulfilment-fees': '6.20',
      'selling-fees': '7.50',
      clearing: '0.00',
      receivable: '0.00',
      bank: '36.30',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
});
