import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { account, report, sale, type Cells } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const MULTI_CHANNEL = 'S01-3000001-0000001';
const AMAZON = '114-3000002-0000002';
const MERCHANT = '114-3000003-0000003';

const multiChannel = (): Cells[] =>
  sale(
    {
      order: MULTI_CHANNEL,
      shipment: 'Dm1',
      at: '2026-10-03T16:00:00Z',
      item: '9301',
      sku: 'SKU-A',
      quantity: 2,
      marketplace: 'Non-Amazon US',
    },
    [
      ['ItemPrice', 'Principal', '0.00'],
      ['ShipmentFees', 'FBA transportation fee', '-5.00'],
    ],
  );
const amazon = (): Cells[] =>
  sale({ order: AMAZON, shipment: 'Dm2', at: '2026-10-03T17:00:00Z', item: '9302', sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]);
/** 25.00 less 3.75: 21.25. Merchant-fulfilled rows carry no shipment id. */
const merchant = (at: string): Cells[] =>
  sale({ order: MERCHANT, at, item: '9303', sku: 'SKU-M', quantity: 1, channel: 'MFN' }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
  ]);

describe("a Multi-Channel order, a merchant's order that another system owns, and a transfer that failed", () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    world = await openWorld({
      paceDays: 7,
      world: worldFromSettlements([
        report(
          {
            id: '27400000001',
            start: '2026-10-01T07:00:00Z',
            end: '2026-10-15T07:00:00Z',
            deposit: '2026-10-17T07:00:00Z',
            total: '13.00',
          },
          [...multiChannel(), ...amazon()],
        ),
        report(
          {
            id: '27400000002',
            start: '2026-10-15T07:00:00Z',
            end: '2026-10-29T07:00:00Z',
            deposit: '2026-10-31T07:00:00Z',
            total: '34.25',
          },
          [
            account('Transfer of funds unsuccessful: invalid account', '13.00', '2026-10-18T07:00:00Z'),
            ...merchant('2026-10-20T16:00:00Z'),
          ],
        ),
      ]),
    });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 120_000);
  afterAll(() => world?.close());
  const documents = (order: string) =>
    world.suiteql(`SELECT type, foreigntotal FROM transaction WHERE memo LIKE '% ${order}%' ORDER BY id`);

  test('the Multi-Channel order has a Sales Order and a fulfilment without a price and is never billed', async () => {
    expect(await documents(MULTI_CHANNEL)).toEqual([
      expect.objectContaining({ type: 'SalesOrd', foreigntotal: '0' }),
      expect.objectContaining({ type: 'ItemShip' }),
    ]);
  });
  test('the lines of its Sales Order are closed, so that nobody bills it', async () => {
    const [order] = await world.suiteql(
      `SELECT id FROM transaction WHERE externalid = 'AMZ_demo-us_SO_${MULTI_CHANNEL}_1'`,
    );
    expect((await world.netsuite.lookups.salesOrderLines(order!['id']!)).map(({ closed }) => closed)).toEqual([true]);
  });
  test('its units left the FBA location, at their cost', async () => {
    // 50 spare units; three were laid in for the orders and went out.
    const stock = await world.suiteql(
      "SELECT s.quantityonhand quantity FROM inventoryitemlocations s JOIN item i ON i.id = s.item JOIN location l ON l.id = s.location WHERE i.itemid = 'SKU-A' AND l.name = 'FBA US'",
    );
    expect(stock.map((row) => row['quantity'])).toEqual(['50']);
  });
  test("the merchant's order has no document of ours; its sale stands on merchant orders and counts as applied", async () => {
    expect(await documents(MERCHANT)).toEqual([]);
    expect(tieOut.balances).toMatchObject({
      'merchant-orders': '-25.00',
      'selling-fees': '7.50',
      'product-sales': '-25.00',
      clearing: '0.00',
      receivable: '0.00',
    });
  });
  test('the transfer that failed has no bank line and no deposit; the next file brings it back, and both are tied', () => {
    expect(
      tieOut.payouts.map(({ total, tied, movements }) => [
        total,
        tied,
        ...movements.map(({ kind, state, bankLine }) => [kind, state, bankLine?.amount ?? null]),
      ]),
    ).toEqual([
      ['13.00', true, ['payout', 'returned', null]],
      ['34.25', true, ['payout', 'posted', '34.25']],
    ]);
    expect(tieOut.documents).toMatchObject({ DEP: 1, PAY: 1 });
    expect(tieOut.balances).toMatchObject({ 'payouts-in-transit': '0.00', bank: '34.25' });
    expect(tieOut.openExceptions).toEqual([]);
  });
});

describe("a merchant's order that is ours", () => {
  let world: WorldUnderTest;
  beforeAll(async () => {
    world = await openWorld({
      paceDays: 14,
      settings: { merchantFulfilled: 'ours' },
      world: worldFromSettlements([
        report(
          {
            id: '27400000003',
            start: '2026-10-15T07:00:00Z',
            end: '2026-10-29T07:00:00Z',
            deposit: '2026-10-31T07:00:00Z',
            total: '21.25',
          },
          merchant('2026-10-20T16:00:00Z'),
        ),
      ]),
    });
    await world.runToTheEnd();
  }, 120_000);
  afterAll(() => world?.close());

  test("gets its documents like any other, out of the merchant's own stock", async () => {
    const tieOut = await world.tieOut();
    expect(tieOut.documents).toMatchObject({ SO: 1, IF: 1, INV: 1, PAY: 1 });
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '21.25', tied: true })]);
    expect(tieOut.balances).toMatchObject({
      'product-sales': '-25.00',
      receivable: '0.00',
      clearing: '0.00',
      bank: '21.25',
    });
    const stock = await world.suiteql(
      'SELECT l.name location, s.quantityonhand quantity FROM inventoryitemlocations s JOIN location l ON l.id = s.location ORDER BY l.name',
    );
    expect(stock.map((row) => `${row['location']} ${row['quantity']}`)).toEqual(['Merchant 50']);
    expect(tieOut.openExceptions).toEqual([]);
  });
});
