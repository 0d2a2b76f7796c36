import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { account, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const HEAD = { start: '2026-10-15T07:00:00Z', end: '2026-10-29T07:00:00Z', deposit: '2026-10-31T07:00:00Z' };
const DEFERRED = '114-3100001-0000001';
const NEW = '114-3100002-0000002';
const HALF = '114-3100003-0000003';
const MUG = { sku: 'SKU-A', quantity: 1 };

/** Released on 20 October, shipped on the 2nd; the seller owes its tax. 38.00. */
const deferred = (): Cells[] =>
  sale({ ...MUG, order: DEFERRED, shipment: 'De1', at: '2026-10-20T16:00:00Z', item: '9701' }, [
    ['ItemPrice', 'Principal', '40.00'],
    ['ItemPrice', 'Tax', '4.00'],
    ['ItemFees', 'Commission', '-6.00'],
  ]);
/** 21.25. */
const fresh = (): Cells[] =>
  sale({ ...MUG, order: NEW, shipment: 'De2', at: '2026-10-21T16:00:00Z', item: '9702' }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
  ]);
/** Two units, of which one left on the 5th and one on the 22nd. 34.00. */
const half = (): Cells[] => [
  ...sale({ ...MUG, order: HALF, shipment: 'De3', at: '2026-10-22T16:00:00Z', item: '9703' }, [
    ['ItemPrice', 'Principal', '20.00'],
    ['ItemFees', 'Commission', '-3.00'],
  ]),
  ...sale({ ...MUG, order: HALF, shipment: 'De4', at: '2026-10-22T17:00:00Z', item: '9703' }, [
    ['ItemPrice', 'Principal', '20.00'],
    ['ItemFees', 'Commission', '-3.00'],
  ]),
];

/** Accounts that nothing was booked on are not in the list. */
const UNUSED = { 'opening-balance': '0.00', 'sales-tax-payable': '0.00', storage: '0.00', 'reserve-held': '0.00' };

function told(id: string): AmazonWorld {
  const world = worldFromSettlements([report({ ...HEAD, id, total: '93.25' }, [...deferred(), ...fresh(), ...half()])]);
  const left: Record<string, string> = { De1: '2026-10-02T16:00:00Z', De3: '2026-10-05T16:00:00Z' };
  const history: Record<string, AmazonWorld['orders'][number]['history']> = {
    [DEFERRED]: [
      { at: '2026-10-01T16:00:00Z', status: 'UNSHIPPED' },
      { at: left['De1']!, status: 'SHIPPED' },
    ],
    [HALF]: [
      { at: '2026-10-04T16:00:00Z', status: 'UNSHIPPED' },
      { at: left['De3']!, status: 'PARTIALLY_SHIPPED' },
      { at: '2026-10-22T17:00:00Z', status: 'SHIPPED' },
    ],
  };
  return {
    ...world,
    orders: world.orders.map((order) => ({ ...order, history: history[order.orderId] ?? order.history })),
    shipments: world.shipments.map((shipment) => ({
      ...shipment,
      shippedAt: left[shipment.shipmentId] ?? shipment.shippedAt,
      publishedAt: left[shipment.shipmentId] ?? shipment.publishedAt,
    })),
  };
}

describe.each([
  {
    choice: 'documents',
    id: '27700000001',
    invoices: ['2026-10-02 40.00', '2026-10-05 20.00', '2026-10-21 25.00', '2026-10-22 20.00'],
    books: { 'product-sales': '-105.00', 'sales-tax-payable': '-4.00', 'opening-balance': '0.00' },
  },
  {
    choice: 'opening-balance',
    id: '27700000002',
    invoices: ['2026-10-21 25.00', '2026-10-22 20.00'],
    books: { 'product-sales': '-45.00', 'sales-tax-payable': '0.00', 'opening-balance': '-64.00' },
  },
])('orders shipped before the cut-over and released after it: $choice', ({ choice, id, invoices, books }) => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    world = await openWorld({ paceDays: 7, world: told(id), settings: { shippedBeforeCutOver: choice } });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('each sale is where it belongs by its shipment, not by the day on which Amazon released it', async () => {
    const rows = await world.suiteql(
      "SELECT TO_CHAR(trandate, 'YYYY-MM-DD') AS day, foreigntotal FROM transaction WHERE type = 'CustInvc' ORDER BY trandate",
    );
    expect(rows.map((row) => `${row['day']} ${Number(row['foreigntotal']).toFixed(2)}`)).toEqual(invoices);
    expect({ ...UNUSED, ...tieOut.balances }).toMatchObject({
      ...books,
      'selling-fees': '15.75',
      clearing: '0.00',
      receivable: '0.00',
      bank: '93.25',
    });
  });
  test('the payout is tied and nothing is open', () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '93.25', tied: true })]);
    expect(tieOut.openExceptions).toEqual([]);
  });
  test('the order of which one unit left before is done: its Sales Order waits for no unit', async () => {
    expect(await world.store.db.selectFrom('orders').select('state').where('order_id', '=', HALF).execute()).toEqual([
      { state: 'billed' },
    ]);
    const [order] = await world.suiteql(`SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_SO_${HALF}_1'`);
    expect(
      (await world.netsuite.lookups.salesOrderLines(order!['id']!)).map(({ quantity, fulfilled }) => [
        quantity,
        fulfilled,
      ]),
    ).toEqual([choice === 'documents' ? [2, 2] : [1, 1]]);
  });
});

describe('a file that begins before the cut-over', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    // 12.00 + 34.00 − 5.00 + 21.25
    world = await openWorld({
      paceDays: 7,
      settings: { cutOver: '2026-10-19T07:00:00Z', shippedBeforeCutOver: 'documents' },
      world: worldFromSettlements([
        report({ ...HEAD, id: '27700000003', total: '62.25' }, [
          account('Previous Reserve Amount Balance', '12.00', HEAD.start),
          ...sale({ ...MUG, order: '114-3100004-0000004', shipment: 'De5', at: '2026-10-17T16:00:00Z', item: '9704' }, [
            ['ItemPrice', 'Principal', '40.00'],
            ['ItemFees', 'Commission', '-6.00'],
          ]),
          account('Storage Fee', '-5.00', '2026-10-18T16:00:00Z'),
          ...fresh(),
        ]),
      ]),
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());

  test('gives the old books all rows from before it, whatever is chosen for orders, without an opening entry', () => {
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '62.25', tied: true })]);
    expect(tieOut.documents).toMatchObject({ JE: 1, INV: 1, PAY: 1 });
    expect(tieOut.documents).not.toHaveProperty('OPN');
    expect({ ...UNUSED, ...tieOut.balances }).toMatchObject({
      'opening-balance': '-41.00',
      'product-sales': '-25.00',
      'selling-fees': '3.75',
      storage: '0.00',
      'reserve-held': '0.00',
      bank: '62.25',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
});
