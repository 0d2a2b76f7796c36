import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { payoutStatus } from '../../src/store/payouts/payout-status.ts';
import { account, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const JP = { marketplace: 'Amazon.co.jp' };
const SPLIT = '250-1000002-0000002';
const CASH = '250-1000003-0000003';
const BLANK = '250-1000004-0000004';

/** Three units for 1000 and 10 points, sent as one and two. Amazon splits the points 4 and 6; the order's shares are 3 (3.33) and 7. */
const split = (): Cells[] => [
  ...sale(
    { ...JP, order: SPLIT, shipment: 'JPb1', at: '2026-10-06T03:00:00Z', item: '83002', sku: 'SARA', quantity: 1 },
    [
      ['ItemPrice', 'Principal', '334'],
      ['Points', 'PointsGranted', '-4'],
      ['ItemFees', 'Commission', '-50'],
    ],
  ),
  ...sale(
    { ...JP, order: SPLIT, shipment: 'JPb2', at: '2026-10-07T03:00:00Z', item: '83002', sku: 'SARA', quantity: 2 },
    [
      ['ItemPrice', 'Principal', '666'],
      ['Points', 'PointsGranted', '-6'],
      ['ItemFees', 'Commission', '-100'],
    ],
  ),
];
const cash = (): Cells[] =>
  sale({ ...JP, order: CASH, shipment: 'JPc', at: '2026-10-07T03:00:00Z', item: '83003', sku: 'HASHI', quantity: 1 }, [
    ['ItemPrice', 'Principal', '800'],
    ['ItemPrice', 'COD', '330'],
    ['ItemFees', 'CODFee', '-330'],
    ['ItemFees', 'Commission', '-120'],
  ]);
/** The row of the points names no item. */
const blank = (): Cells[] =>
  sale(
    { ...JP, order: BLANK, shipment: 'JPd', at: '2026-10-08T03:00:00Z', item: '83004', sku: 'CHAWAN', quantity: 2 },
    [
      ['ItemPrice', 'Principal', '1000'],
      ['Points', 'PointsGranted', '-28'],
      ['ItemFees', 'Commission', '-150'],
    ],
  ).map((cells) => (cells['amount-type'] === 'Points' ? { ...cells, 'order-item-code': '' } : cells));

describe('points and cash on delivery, of which the shipments report does not tell', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    // 330 − 50 + 660 − 100 + 1130 − 330 − 120 + 972 − 150
    world = await openWorld({
      paceDays: 7,
      world: worldFromSettlements([
        report(
          {
            id: '27600000001',
            start: '2026-10-01T15:00:00Z',
            end: '2026-10-15T15:00:00Z',
            deposit: '2026-10-17T15:00:00Z',
            total: '2342',
            currency: 'JPY',
          },
          [...split(), ...cash(), ...blank()],
        ),
      ]),
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());
  const totals = async (type: string, order: string) =>
    (
      await world.suiteql(
        `SELECT foreigntotal FROM transaction WHERE type = '${type}' AND memo LIKE '% ${order}%' ORDER BY id`,
      )
    ).map((row) => row['foreigntotal']);

  test('are on the Sales Order and the invoice', async () => {
    expect(await Promise.all([SPLIT, CASH, BLANK].map((order) => totals('CustInvc', order)))).toEqual([
      ['331', '659'],
      ['1130'],
      ['972'],
    ]);
    expect(await totals('SalesOrd', BLANK)).toEqual(['972']);
  });
  test('no document has a line without units', async () => {
    expect(
      await world.suiteql(
        "SELECT t.memo FROM transactionline l JOIN transaction t ON t.id = l.transaction WHERE l.mainline = 'F' AND l.item IS NOT NULL AND l.quantity = 0",
      ),
    ).toEqual([]);
  });
  test('a unit that Amazon splits otherwise goes to variance by itself, line by line; the invoices are paid whole and the payout is tied', async () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '2342', tied: true })]);
    const journals = await world.suiteql(
      "SELECT externalid, foreigntotal FROM transaction WHERE externalid LIKE '%27600000001-v%' ORDER BY externalid",
    );
    expect(journals.map((row) => [row['externalid'], row['foreigntotal']])).toEqual([
      ['AMZ_demo-us_JE_27600000001-v1_1', '1'],
      ['AMZ_demo-us_JE_27600000001-v2_1', '1'],
    ]);
    expect(
      await world.store.db
        .selectFrom('settled_differences')
        .select(['amount', 'decided_by'])
        .orderBy('number')
        .execute(),
    ).toEqual([
      { amount: -1n, decided_by: 'rounding' },
      { amount: 1n, decided_by: 'rounding' },
    ]);
    expect((await payoutStatus(world.store.db, world.connection, '27600000001'))?.roundings).toBe(2);
    expect(tieOut.balances).toMatchObject({
      'product-sales': '-2800',
      points: '38',
      'shipping-income': '-330',
      'selling-fees': '420',
      variance: '0',
      receivable: '0',
      clearing: '0',
      bank: '2342',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
});

const BELOW = '113-6000001-0000001';
const FREE = '113-6000002-0000002';

describe('a sale below zero and a free item', () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      paceDays: 7,
      world: worldFromSettlements([
        report(
          {
            id: '27600000002',
            start: '2026-10-01T07:00:00Z',
            end: '2026-10-15T07:00:00Z',
            deposit: '2026-10-17T07:00:00Z',
            total: '48.40',
          },
          [
            ...sale(
              { order: BELOW, shipment: 'Na', at: '2026-10-02T15:00:00Z', item: '90001', sku: 'PEN', quantity: 1 },
              [
                ['ItemPrice', 'Principal', '10.00'],
                ['Promotion', 'Principal', '-12.00'],
                ['ItemPrice', 'Shipping', '1.00'],
                ['ItemFees', 'Commission', '-0.30'],
              ],
            ),
            ...sale(
              { order: FREE, shipment: 'Nb', at: '2026-10-02T16:00:00Z', item: '90002', sku: 'PEN', quantity: 1 },
              [
                ['ItemPrice', 'Principal', '10.00'],
                ['Promotion', 'Principal', '-10.00'],
                ['ItemFees', 'Commission', '-0.30'],
              ],
            ),
            account('WAREHOUSE_LOST', '50.00', '2026-10-05T08:00:00Z', 'FBA Inventory Reimbursement'),
          ],
        ),
      ]),
    });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());
  const documents = async (order: string) =>
    (
      await world.suiteql(
        `SELECT memo, type, TO_CHAR(trandate, 'YYYY-MM-DD') AS day, foreigntotal FROM transaction WHERE memo LIKE '% ${order}%' ORDER BY id`,
      )
    ).map((row) => `${row['memo']} ${row['day']} ${row['foreigntotal'] ?? ''}`.trim());

  test('have their documents: invoices of 0.00, and what the promotion was cut by as a credit memo of the shipment', async () => {
    expect(await documents(BELOW)).toEqual([
      `SO ${BELOW} 1 2026-10-01 0`,
      expect.stringMatching(`^IF ${BELOW}-Na 1 2026-10-02`),
      `INV ${BELOW}-Na 1 2026-10-02 0`,
      `CM ${BELOW}-Na 1 2026-10-02 -1`,
    ]);
    expect(await documents(FREE)).toEqual([
      `SO ${FREE} 1 2026-10-01 0`,
      expect.stringMatching(`^IF ${FREE}-Nb 1 2026-10-02`),
      `INV ${FREE}-Nb 1 2026-10-02 0`,
    ]);
  });
  test('are booked on the items of their parts: 11.00 of the promotion on the invoice, 1.00 on the credit memo, 10.00 of the free item', async () => {
    expect((await world.tieOut()).balances).toMatchObject({
      'product-sales': '-20.00',
      promotions: '22.00',
      'shipping-income': '-1.00',
      'selling-fees': '0.60',
    });
  });
});
