/**
 * Inventory adjustments: fields as in the REST API Browser 2026.1 (`inventoryAdjustment`) and NSHELP section_0817101055; what costs do,
 * as integrators tell it (sources at the tests).
 */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { balanceOf } from './order-documents.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

let netsuite: BareAccount;
let warehouse: Warehouse;

beforeEach(async () => {
  netsuite = await openAccount();
  warehouse = await warehouseOf(netsuite);
});
afterEach(() => netsuite.close());

const post = (items: Body[], more: Body = {}): Promise<Reply> =>
  netsuite.call(
    'POST',
    '/record/v1/inventoryAdjustment',
    {
      subsidiary: { id: '1' },
      account: warehouse.ref('6300'),
      adjLocation: warehouse.ref('FBA US'),
      tranDate: '2026-11-05',
      inventory: { items },
      ...more,
    },
    { 'X-NetSuite-PropertyNameValidation': 'error' },
  );
const line = (quantity: number, more: Body = {}): Body => ({
  item: warehouse.ref('SKU-A'),
  location: warehouse.ref('FBA US'),
  adjustQtyBy: quantity,
  ...more,
});

test('out of one item and into another in one document, which leaves nothing on its account', async () => {
  const { id } = await post([
    line(-3),
    line(5, { item: warehouse.ref('SKU-B'), location: warehouse.ref('Merchant'), unitCost: 9 }),
  ]);
  expect([await warehouse.posted(id, '6300'), await warehouse.posted(id, '1200')]).toEqual(['0', '0']);
  expect(await warehouse.held('FBA US')).toMatchObject({ quantityonhand: '97', averagecostmli: '15' });
  expect(await warehouse.held('Merchant', 'SKU-B')).toEqual({
    quantityonhand: '5',
    averagecostmli: '9',
    onhandvaluemli: '45',
  });
});

test('goes against the account that it names, each line at its own location', async () => {
  const { id } = await post(
    [line(-2, { memo: 'WAREHOUSE_LOST' }), line(1, { location: warehouse.ref('Merchant'), unitCost: 20 })],
    { account: warehouse.ref('3900') },
  );
  expect(
    await netsuite.query(
      `SELECT BUILTIN.DF(expenseaccount) account, BUILTIN.DF(location) location, quantity, rate, memo, foreignamount
       FROM transactionline WHERE transaction = ? ORDER BY id`,
      [id],
    ),
  ).toEqual([
    { account: '3900 Opening balance', foreignamount: '10' },
    {
      account: '1200 Inventory',
      location: 'FBA US',
      quantity: '-2',
      memo: 'WAREHOUSE_LOST',
      foreignamount: '-30',
    },
    { account: '1200 Inventory', location: 'Merchant', quantity: '1', rate: '20', foreignamount: '20' },
  ]);
  expect(await warehouse.field(id, 'foreigntotal')).toBe('-10');
});

test('the unit cost of a decrease counts for nothing: "the latter field is grayed out and cannot be changed" (wp.jjknowledgebase.com/?p=43869)', async () => {
  await post([line(-1, { unitCost: 99 })]);
  expect(await balanceOf(netsuite, '6300')).toBe('15');
});

test('of an increase it "will still default to the Location Average Cost" (wp.jjknowledgebase.com/?p=43869), and is nothing where there is none', async () => {
  await post([line(2), line(2, { location: warehouse.ref('Merchant') })]);
  expect(await balanceOf(netsuite, '6300')).toBe('-30');
  expect(await warehouse.held('Merchant')).toEqual({ quantityonhand: '2', averagecostmli: '0', onhandvaluemli: '0' });
});

test('a unit cost may have more decimals than the currency; the line is rounded', async () => {
  const { id } = await post([line(3, { unitCost: 0.33333333 }), line(7, { unitCost: 1.005 })]);
  expect(await warehouse.posted(id, '1200')).toBe('8.04'); // 1.00 + 7.04
});

test('a unit cost below zero is refused', async () => {
  expect(errorOf(await post([line(1, { unitCost: -1 })]))).toMatchObject({
    code: 'INVALID_CONTENT',
    path: 'inventory.items[0].unitCost',
  });
});

test('an increase and a decrease of one item in one document: the increase counts first', async () => {
  const { id } = await post([line(-50), line(100, { unitCost: 30 })]);
  // (100 × 15.00 + 100 × 30.00) ÷ 200 = 22.50
  expect(await warehouse.posted(id, '6300')).toBe('-1875');
  expect(await warehouse.held()).toEqual({ quantityonhand: '150', averagecostmli: '22.5', onhandvaluemli: '3375' });
});

test('stock as of a day is the sum of its lines that affect inventory, and equals what the item shows', async () => {
  await post([line(-5)], { tranDate: '2026-10-05' });
  await post([line(2)], { tranDate: '2026-11-05' });
  const asOf = (day: string): Promise<Record<string, string>[]> =>
    netsuite.query(
      `SELECT SUM(tl.quantity) quantity FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
       WHERE tl.isinventoryaffecting = 'T' AND t.posting = 'T' AND tl.item = ? AND tl.location = ? AND t.trandate <= TO_DATE(?, 'YYYY-MM-DD')`,
      [warehouse.ids['SKU-A'] ?? '', warehouse.ids['FBA US'] ?? '', day],
    );
  expect([await asOf('2026-10-31'), await asOf('2026-11-30')]).toEqual([[{ quantity: '95' }], [{ quantity: '97' }]]);
  expect(await warehouse.held()).toMatchObject({ quantityonhand: '97' });
});
