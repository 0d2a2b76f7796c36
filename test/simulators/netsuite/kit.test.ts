/**
 * Kits: priced as one item, kept as their members. The lines of an order follow a public integration that resolves kits
 * (members have lines of their own in SuiteQL, with `kitmemberof`, and none in the REST sublist).
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NetSuiteSeed } from '../../../src/simulators/netsuite/seed.ts';
import { errorOf, openAccount, type BareAccount, type Body, type Reply, type Row } from './bare-account.ts';
import { exampleSeed } from './example-seed.ts';
import { balanceOf, stockOf } from './order-documents.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

let netsuite: BareAccount;
let warehouse: Warehouse;

/** A gift set: two of SKU-A, one of SKU-B and a wrapping that nobody counts. */
function seedWithKit(): NetSuiteSeed {
  const seed = exampleSeed();
  const members = [
    { itemId: 'SKU-A', quantity: 2 },
    { itemId: 'SKU-B', quantity: 1 },
    { itemId: 'AMZ-SHIPPING', quantity: 1 },
  ];
  seed.items.push({ itemId: 'GIFT-SET', type: 'Kit', displayName: 'Gift set', incomeAccount: '4000', members });
  return seed;
}
beforeEach(async () => {
  netsuite = await openAccount({ seed: seedWithKit(), switches: { autoApply: false } });
  warehouse = await warehouseOf(netsuite);
});
afterEach(() => netsuite.close());

const transform = (from: string, target: string, body: Body = {}): Promise<Reply> =>
  netsuite.call('POST', `/record/v1/${from}/!transform/${target}`, { tranDate: '2026-10-21', ...body });
const ship = (order: string, body: Body = {}): Promise<Reply> =>
  transform(`salesOrder/${order}`, 'itemFulfillment', { shipStatus: { id: 'C' }, ...body });
const linesOf = (id: string): Promise<Row[]> =>
  netsuite.query(
    `SELECT id, BUILTIN.DF(item) item, itemtype, kitmemberof, quantity, quantityshiprecv moved, isinventoryaffecting affects
     FROM transactionline WHERE transaction = ? AND mainline = 'F' AND iscogs = 'F' ORDER BY id`,
    [id],
  );
const stands = async (): Promise<string[]> => [await stockOf(netsuite, 'SKU-A'), await stockOf(netsuite, 'SKU-B')];

test('KitItemMember has its members (public queries: `SELECT item, quantity FROM kitItemMember WHERE parentitem = …`), and so has the record', async () => {
  const kit = warehouse.ids['GIFT-SET'] ?? '';
  expect(
    await netsuite.query(
      'SELECT BUILTIN.DF(parentitem) kit, BUILTIN.DF(item) item, quantity FROM KitItemMember WHERE parentitem = ?',
      [kit],
    ),
  ).toEqual([
    { kit: 'GIFT-SET', item: 'SKU-A', quantity: '2' },
    { kit: 'GIFT-SET', item: 'SKU-B', quantity: '1' },
    { kit: 'GIFT-SET', item: 'AMZ-SHIPPING', quantity: '1' },
  ]);
  expect(
    await netsuite.query('SELECT itemtype, isfulfillable, totalquantityonhand FROM item WHERE id = ?', [kit]),
  ).toEqual([{ itemtype: 'Kit', isfulfillable: 'T' }]);
  expect((await netsuite.call('GET', `/record/v1/kitItem/${kit}`)).body['member']).toMatchObject({
    items: [{ item: warehouse.ref('SKU-A'), quantity: 2 }, { quantity: 1 }, { quantity: 1 }],
  });
});

describe('sold by an order', () => {
  test('"Whenever you sell a kit, inventory items are deducted from inventory" (NSHELP section_N3190551): the members\', at their own cost', async () => {
    const order = await warehouse.order([warehouse.goods('GIFT-SET', 3, 120), warehouse.goods('SKU-B', 1, 20)]);
    const [first = 0, a = 0, b = 0, wrapping = 0, second = 0] = (await linesOf(order)).map(({ id }) => Number(id));
    expect(await linesOf(order)).toEqual([
      { id: `${first}`, item: 'GIFT-SET', itemtype: 'Kit', quantity: '-3', moved: '0', affects: 'F' },
      {
        id: `${a}`,
        item: 'SKU-A',
        itemtype: 'InvtPart',
        kitmemberof: `${first}`,
        quantity: '-6',
        moved: '0',
        affects: 'F',
      },
      {
        id: `${b}`,
        item: 'SKU-B',
        itemtype: 'InvtPart',
        kitmemberof: `${first}`,
        quantity: '-3',
        moved: '0',
        affects: 'F',
      },
      {
        id: `${wrapping}`,
        item: 'AMZ-SHIPPING',
        itemtype: 'NonInvtPart',
        kitmemberof: `${first}`,
        quantity: '-3',
        moved: '0',
        affects: 'F',
      },
      { id: `${second}`, item: 'SKU-B', itemtype: 'InvtPart', quantity: '-1', moved: '0', affects: 'F' },
    ]);
    const { body } = await netsuite.call('GET', `/record/v1/salesOrder/${order}?expandSubResources=true`);
    expect(body['item']).toMatchObject({ count: 2, items: [{ line: first }, { line: second }] });

    const fulfilment = await ship(order, {
      item: {
        items: [
          { orderLine: first, quantity: 2 },
          { orderLine: second, itemReceive: false },
        ],
      },
    });
    expect(fulfilment.text).toBe('');
    expect([await stands(), await warehouse.posted(fulfilment.id, '5000')]).toEqual([['96', '98'], '78']);
    expect(
      (await linesOf(fulfilment.id)).map(({ item, kitmemberof, quantity, affects }) => [
        item,
        kitmemberof,
        quantity,
        affects,
      ]),
    ).toEqual([
      ['GIFT-SET', undefined, '-2', 'F'],
      ['SKU-A', '1', '-4', 'T'],
      ['SKU-B', '1', '-2', 'T'],
      ['AMZ-SHIPPING', '1', '-2', 'F'],
    ]);
    expect((await linesOf(order)).map(({ moved }) => moved)).toEqual(['2', '4', '2', '2', '0']);
    expect(await warehouse.field(order, 'status')).toBe('E');
  });

  test('is billed once, at the price of the kit, and then the order is done', async () => {
    const order = await warehouse.order([warehouse.goods('GIFT-SET', 3, 120)]);
    await ship(order);
    const invoice = await transform(`salesOrder/${order}`, 'invoice');
    expect([await warehouse.field(invoice.id, 'foreigntotal'), await warehouse.field(order, 'status')]).toEqual([
      '120',
      'G',
    ]);
    expect(await stands()).toEqual(['94', '97']);
  });

  test("a member's line is no line to fulfil, and no more kits leave than were ordered", async () => {
    const order = await warehouse.order([warehouse.goods('GIFT-SET', 3, 120)]);
    const [kit, member] = (await linesOf(order)).map(({ id }) => Number(id));
    expect(errorOf(await ship(order, { item: { items: [{ orderLine: member, quantity: 1 }] } })).path).toBe(
      'item.items[0].orderLine',
    );
    expect((await ship(order, { item: { items: [{ orderLine: kit, quantity: 4 }] } })).status).toBe(400);
  });

  test('holds its members while it waits, and under *Limit to Committed* each of them must be there', async () => {
    const order = await warehouse.order([warehouse.goods('GIFT-SET', 51, 120)]);
    expect(
      await netsuite.query('SELECT BUILTIN.DF(item) item, quantitycommitted FROM aggregateitemlocation ORDER BY item'),
    ).toEqual([
      { item: 'SKU-A', quantitycommitted: '100' },
      { item: 'SKU-B', quantitycommitted: '51' },
    ]);
    await netsuite.admin('POST', '/admin/switches', { fulfilOnlyFromStock: true });
    expect((await ship(order)).status).toBe(400);
    const [kit] = (await linesOf(order)).map(({ id }) => Number(id));
    expect((await ship(order, { item: { items: [{ orderLine: kit, quantity: 50 }] } })).status).toBe(204);
  });

  test('a line that is added later has an id of its own', async () => {
    const order = await warehouse.order([warehouse.goods('GIFT-SET', 1, 40)]);
    const before = await linesOf(order);
    const { status } = await netsuite.call('PATCH', `/record/v1/salesOrder/${order}`, {
      item: { items: [warehouse.goods('SKU-B', 1, 9)] },
    });
    expect(status).toBe(204);
    const after = await linesOf(order);
    expect(after.slice(0, -1)).toEqual(before);
    expect(Number(after.at(-1)?.['id'])).toBeGreaterThan(Number(before.at(-1)?.['id']));
  });
});

test('what comes back is its members, at what they cost when they were sold', async () => {
  const order = await warehouse.order([warehouse.goods('GIFT-SET', 3, 120)]);
  await ship(order);
  const invoice = await transform(`salesOrder/${order}`, 'invoice');
  await warehouse.adjust('2026-10-25', { quantity: 94, unitCost: 25 }); // the average of SKU-A is 20.00 now
  const authorisation = (await transform(`invoice/${invoice.id}`, 'returnAuthorization')).id;
  const [line] = (await linesOf(authorisation)).map(({ id }) => Number(id));
  const receipt = await transform(`returnAuthorization/${authorisation}`, 'itemReceipt', {
    tranDate: '2026-10-28',
    item: { items: [{ orderLine: line, quantity: 1 }] },
  });
  expect(receipt.text).toBe('');
  expect([await stands(), await warehouse.posted(receipt.id, '5000')]).toEqual([['190', '98'], '-39']);
  expect((await linesOf(authorisation)).map(({ moved }) => moved)).toEqual(['1', '2', '1', '1']);
  expect(await warehouse.field(authorisation, 'status')).toBe('E');
});

test('without an order the invoice relieves the members, and a credit memo brings them back', async () => {
  const invoice = await netsuite.create('invoice', {
    entity: warehouse.ref('Amazon US'),
    tranDate: '2026-10-21',
    item: { items: [warehouse.goods('GIFT-SET', 2, 80)] },
  });
  expect([await stands(), await warehouse.posted(invoice, '5000')]).toEqual([['96', '98'], '78']);
  await netsuite.create('creditMemo', {
    entity: warehouse.ref('Amazon US'),
    tranDate: '2026-10-22',
    item: { items: [warehouse.goods('GIFT-SET', 1, 40)] },
  });
  expect([await stands(), await balanceOf(netsuite, '4000')]).toEqual([['98', '99'], '-40']);
});

test('a kit has no stock: adjustments, transfers and transfer orders ("Only inventory and assembly items can be added", NSHELP section_N2310933) refuse it', async () => {
  const places = { location: warehouse.ref('FBA US'), transferLocation: warehouse.ref('Merchant') };
  const line = { item: warehouse.ref('GIFT-SET'), adjustQtyBy: 1, quantity: 1, location: warehouse.ref('FBA US') };
  for (const [record, body, path] of [
    [
      'inventoryAdjustment',
      { account: warehouse.ref('6300'), inventory: { items: [line] } },
      'inventory.items[0].item',
    ],
    ['inventoryTransfer', { ...places, inventory: { items: [line] } }, 'inventory.items[0].item'],
    ['transferOrder', { ...places, orderStatus: { id: 'B' }, item: { items: [line] } }, 'item.items[0].item'],
  ] as const)
    expect(
      errorOf(await netsuite.call('POST', `/record/v1/${record}`, { subsidiary: { id: '1' }, ...body })),
    ).toMatchObject({ status: 400, code: 'INVALID_CONTENT', path });
  expect(
    await netsuite.query('SELECT item FROM aggregateitemlocation WHERE item = ?', [warehouse.ids['GIFT-SET'] ?? '']),
  ).toEqual([]);
});

test('a kit is made while the account runs, like any item', async () => {
  const made = await netsuite.admin('POST', '/admin/items', {
    itemId: 'PAIR',
    type: 'Kit',
    displayName: 'A pair',
    incomeAccount: '4000',
    members: [{ itemId: 'SKU-A', quantity: 2 }],
  });
  expect(
    await netsuite.query('SELECT quantity FROM kititemmember WHERE parentitem = ?', [String(made.body['id'])]),
  ).toEqual([{ quantity: '2' }]);
});
