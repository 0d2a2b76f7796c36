/** Inventory transfers: bodies and sentences in quotation marks are those of NSHELP section_0817112542. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { balanceOf } from './order-documents.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

const REFUSED = 'Error while accessing a resource. ';
let netsuite: BareAccount;
let warehouse: Warehouse;

beforeEach(async () => {
  netsuite = await openAccount();
  warehouse = await warehouseOf(netsuite);
});
afterEach(() => netsuite.close());

const transfer = (body: Body = {}): Promise<Reply> =>
  netsuite.call(
    'POST',
    '/record/v1/inventoryTransfer',
    {
      subsidiary: { id: '1' },
      location: warehouse.ref('FBA US'),
      transferLocation: warehouse.ref('Merchant'),
      tranDate: '2026-10-10',
      inventory: { items: [{ item: warehouse.ref('SKU-A'), adjustQtyBy: 10 }] },
      ...body,
    },
    { 'X-NetSuite-PropertyNameValidation': 'error' },
  );

test('is created by the body of the page, and "decreases the on-hand quantity in the source location and increases it in the new location"', async () => {
  const { ids } = warehouse;
  // "POST {{REST_SERVICES}}/record/v1/inventorytransfer", ids as bare numbers.
  const reply = await netsuite.call('POST', '/record/v1/inventorytransfer', {
    subsidiary: { id: 1 },
    location: { id: Number(ids['FBA US']) },
    transferLocation: { id: Number(ids['Merchant']) },
    inventory: { items: [{ item: { id: Number(ids['SKU-A']) }, adjustQtyBy: 10 }] },
  });
  expect([reply.status, reply.headers.get('location')]).toEqual([
    204,
    `${netsuite.simulator.url}/services/rest/record/v1/inventorytransfer/${reply.id}`,
  ]);
  expect([await warehouse.held('FBA US'), await warehouse.held('Merchant')]).toEqual([
    { quantityonhand: '90', averagecostmli: '15', onhandvaluemli: '1350' },
    { quantityonhand: '10', averagecostmli: '15', onhandvaluemli: '150' },
  ]);
  // "PATCH {{REST_SERVICES}}/record/v1/inventorytransfer/2072 {"total": 10.0, "inventory": {"items": [{"line": 1, "adjustQtyBy": 2"
  const changed = await netsuite.call('PATCH', `/record/v1/inventorytransfer/${reply.id}`, {
    total: 10.0,
    inventory: { items: [{ line: 1, adjustQtyBy: 2 }] },
  });
  expect([changed.status, (await warehouse.held('Merchant'))?.['quantityonhand']]).toEqual([204, '2']);
});

test('SuiteQL shows it as InvTrnfr with a line at either location, and value leaves no account', async () => {
  const { id } = await transfer({ externalId: 'TRF_1', memo: 'TRF us-20261010' });
  expect(await netsuite.query("SELECT type, tranid, memo FROM transaction WHERE externalid = 'TRF_1'")).toEqual([
    { type: 'InvTrnfr', tranid: 'IT10001', memo: 'TRF us-20261010' },
  ]);
  expect(
    await netsuite.query(
      `SELECT BUILTIN.DF(tl.location) location, tl.quantity, tl.foreignamount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction
       WHERE tl.transaction = ? AND tl.isinventoryaffecting = 'T' AND t.posting = 'T' ORDER BY tl.id`,
      [id],
    ),
  ).toEqual([
    { location: 'FBA US', quantity: '-10', foreignamount: '-150' },
    { location: 'Merchant', quantity: '10', foreignamount: '150' },
  ]);
  expect(await balanceOf(netsuite, '1200')).toBe('2400');
});

test('is read back as it was sent, by id and by external id', async () => {
  const { id } = await transfer({ externalId: 'TRF_2' });
  const { body } = await netsuite.call('GET', '/record/v1/inventoryTransfer/eid:TRF_2?expandSubResources=true');
  expect(body).toMatchObject({
    id,
    tranDate: '2026-10-10',
    location: { refName: 'FBA US' },
    transferLocation: { refName: 'Merchant' },
    inventory: { count: 1, items: [{ line: 1, item: { refName: 'SKU-A' }, adjustQtyBy: 10 }] },
  });
});

test('shares the one namespace of external ids', async () => {
  await transfer({ externalId: 'TAKEN' });
  for (const reply of [
    await transfer({ externalId: 'TAKEN' }),
    await netsuite.call('POST', '/record/v1/inventoryAdjustment', {
      externalId: 'TAKEN',
      subsidiary: { id: '1' },
      account: warehouse.ref('6300'),
      inventory: { items: [{ item: warehouse.ref('SKU-A'), location: warehouse.ref('FBA US'), adjustQtyBy: 1 }] },
    }),
  ])
    expect(errorOf(reply).detail).toBe(`${REFUSED}This record already exists.`);
});

test('carries the average of its source, also when that changes later, wherever the units have gone', async () => {
  await transfer();
  const sold = await warehouse.ship('2026-10-12', { location: 'Merchant', quantity: 1 });
  expect(await warehouse.posted(sold, '5000')).toBe('15');
  await warehouse.adjust('2026-10-05', { quantity: 100, unitCost: 17 });
  expect(await warehouse.posted(sold, '5000')).toBe('16');
  expect(await warehouse.held('Merchant')).toMatchObject({ averagecostmli: '16', onhandvaluemli: '144' });
});

test('there and back on one day comes to nothing', async () => {
  const back = { location: warehouse.ref('Merchant'), transferLocation: warehouse.ref('FBA US') };
  expect([(await transfer()).status, (await transfer(back)).status]).toEqual([204, 204]);
  expect(await warehouse.held('FBA US')).toEqual({
    quantityonhand: '100',
    averagecostmli: '15',
    onhandvaluemli: '1500',
  });
});

test('a deleted one puts units and value back', async () => {
  const { id } = await transfer();
  expect((await netsuite.call('DELETE', `/record/v1/inventoryTransfer/${id}`)).status).toBe(204);
  expect([await warehouse.held('FBA US'), await warehouse.held('Merchant')]).toMatchObject([
    { quantityonhand: '100', onhandvaluemli: '1500' },
    { quantityonhand: '0', onhandvaluemli: '0' },
  ]);
});

test('more than the source holds is refused, over all lines of an item', async () => {
  const lines = (...quantities: number[]): Body => ({
    inventory: { items: quantities.map((adjustQtyBy) => ({ item: warehouse.ref('SKU-A'), adjustQtyBy })) },
  });
  expect((await transfer(lines(101))).status).toBe(400);
  expect(errorOf(await transfer(lines(60, 41)))).toMatchObject({ status: 400, code: 'USER_ERROR' });
  expect((await transfer(lines(60, 40))).status).toBe(204);
});

test.each<[string, () => Body, string]>([
  ['no source', () => ({ location: null }), 'Please enter value(s) for: From Location.'],
  ['no destination', () => ({ transferLocation: null }), 'Please enter value(s) for: To Location.'],
  ['no subsidiary', () => ({ subsidiary: null }), 'Please enter value(s) for: Subsidiary.'],
  ['no line', () => ({ inventory: { items: [] } }), 'You must enter at least one line item for this transaction.'],
  [
    'a line without a quantity',
    () => ({ inventory: { items: [{ item: warehouse.ref('SKU-A') }] } }),
    'Please enter value(s) for: Qty. to Transfer.',
  ],
])('%s is refused', async (_name, body, sentence) => {
  expect(errorOf(await transfer(body())).detail).toBe(`${REFUSED}${sentence}`);
});

test.each<[string, () => Body]>([
  ['transferLocation', () => ({ transferLocation: warehouse.ref('FBA US') })],
  [
    'inventory.items[0].adjustQtyBy',
    () => ({ inventory: { items: [{ item: warehouse.ref('SKU-A'), adjustQtyBy: -1 }] } }),
  ],
  [
    'inventory.items[0].item',
    () => ({ inventory: { items: [{ item: warehouse.ref('AMZ-SHIPPING'), adjustQtyBy: 1 }] } }),
  ],
])('a %s that cannot be is refused', async (path, body) => {
  expect(errorOf(await transfer(body()))).toMatchObject({ code: 'INVALID_CONTENT', path });
});

test('dated in a closed period it is refused, whatever period it is to post to', async () => {
  await netsuite.admin('POST', '/admin/switches', { dateOutsidePeriod: true });
  const [period] = await netsuite.query("SELECT id FROM accountingperiod WHERE periodname = 'Oct 2026'");
  for (const more of [{}, { postingPeriod: { id: period?.['id'] } }])
    expect(errorOf(await transfer({ tranDate: '2026-08-15', ...more })).detail).toBe(
      `${REFUSED}The transaction date is not within an open accounting period. One or more fields on this transaction can trigger inventory costing calculations in a closed period.`,
    );
});
