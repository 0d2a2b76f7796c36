/** Transfer orders, their fulfilments and receipts. Sentences in quotation marks are those of NetSuite's help pages. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply, type Row } from './bare-account.ts';
import { exampleSeed } from './example-seed.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

const REFUSED = 'Error while accessing a resource. ';
let netsuite: BareAccount;
let warehouse: Warehouse;

beforeEach(async () => {
  netsuite = await openAccount();
  warehouse = await warehouseOf(netsuite);
});
afterEach(() => netsuite.close());

const post = (path: string, body: Body): Promise<Reply> =>
  netsuite.call('POST', `/record/v1/${path}`, body, { 'X-NetSuite-PropertyNameValidation': 'error' });
const line = (quantity: number, item = 'SKU-A', more: Body = {}): Body => ({
  item: warehouse.ref(item),
  quantity,
  ...more,
});
/** Fields as in the REST API Browser 2026.1 (`transferOrder`). */
const orderBody = (items: Body[], more: Body = {}): Body => ({
  subsidiary: { id: '1' },
  location: warehouse.ref('FBA US'),
  transferLocation: warehouse.ref('Merchant'),
  tranDate: '2026-10-10',
  orderStatus: { id: 'B' },
  item: { items },
  ...more,
});
const order = async (items: Body[], more: Body = {}): Promise<string> => {
  const reply = await post('transferOrder', orderBody(items, more));
  if (reply.status !== 204) throw new Error(reply.text);
  return reply.id;
};
const fulfil = (id: string, items?: Body[], more: Body = {}): Promise<Reply> =>
  post(`transferOrder/${id}/!transform/itemFulfillment`, {
    tranDate: '2026-10-11',
    shipStatus: { id: 'C' },
    ...(items ? { item: { items } } : {}),
    ...more,
  });
const receive = (id: string, items?: Body[], more: Body = {}): Promise<Reply> =>
  post(`transferOrder/${id}/!transform/itemReceipt`, {
    tranDate: '2026-10-14',
    ...(items ? { item: { items } } : {}),
    ...more,
  });
const status = (id: string): Promise<string | undefined> => warehouse.field(id, 'BUILTIN.DF(status)');
const inTransit = async (location: string, item = 'SKU-A'): Promise<Row | undefined> =>
  (
    await netsuite.query(
      'SELECT quantityonhand, quantityintransit FROM aggregateitemlocation WHERE item = ? AND location = ?',
      [warehouse.ids[item] ?? '', warehouse.ids[location] ?? ''],
    )
  )[0];
/** Balances of the two accounts of stock. */
const worth = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await netsuite.query(
        `SELECT a.acctname name, SUM(tal.amount) amount FROM transactionaccountingline tal JOIN account a ON a.id = tal.account
         WHERE tal.posting = 'T' AND a.acctname IN ('Inventory', 'Inventory In Transit') GROUP BY a.acctname`,
      )
    ).map(({ name, amount }) => [name ?? '', amount ?? '']),
  );

describe('the way of an order (NSHELP section_N2308766)', () => {
  test('the order posts nothing; "fulfilled items are removed from the On Hand count at the source location", their value is "added to the Inventory in Transit account"; received they are "added to the destination location\'s inventory"', async () => {
    const id = await order([line(30)], { externalId: 'TO_1', otherRefNum: 'FBA15DEMO1', memo: 'to Amazon' });
    expect(await inTransit('FBA US')).toEqual({ quantityonhand: '100', quantityintransit: '0' });

    expect((await fulfil(id)).status).toBe(204);
    expect([await inTransit('FBA US'), await inTransit('Merchant')]).toEqual([
      { quantityonhand: '70', quantityintransit: '30' },
      undefined,
    ]);
    expect(await worth()).toEqual({ Inventory: '1950', 'Inventory In Transit': '450' });

    const receipt = await receive(id);
    expect([receipt.status, receipt.headers.get('location')]).toEqual([
      204,
      `${netsuite.simulator.url}/services/rest/record/v1/itemreceipt/${receipt.id}`,
    ]);
    expect([await inTransit('FBA US'), await warehouse.held('Merchant')]).toEqual([
      { quantityonhand: '70', quantityintransit: '0' },
      { quantityonhand: '30', averagecostmli: '15', onhandvaluemli: '450' },
    ]);
    expect(await worth()).toEqual({ Inventory: '2400', 'Inventory In Transit': '0' });
    // "Transfer orders do not post to a Cost of Goods Sold (COGS) account."
    expect(await warehouse.posted(receipt.id, '5000')).toBe('0');
  });

  test('statuses, as public integrations list them (`TrnfrOrd:A` to `TrnfrOrd:H`)', async () => {
    const id = await order([line(10)], { orderStatus: { id: 'A' } });
    const [itemLine, receivingLine] = [1, 3];
    const seen = [await status(id)];
    expect(errorOf(await fulfil(id)).detail).toBe(`${REFUSED}That is not a valid record transformation.`);
    await netsuite.call('PATCH', `/record/v1/transferOrder/${id}`, { orderStatus: { id: 'B' } });
    for (const step of [
      undefined,
      () => fulfil(id, [{ orderLine: itemLine, quantity: 4 }]),
      () => receive(id, [{ orderLine: receivingLine, quantity: 4 }]),
      () => fulfil(id),
      () => receive(id),
    ]) {
      if (step) expect((await step()).text).toBe('');
      seen.push(await status(id));
    }
    expect(seen).toEqual([
      'Transfer Order : Pending Approval',
      'Transfer Order : Pending Fulfillment',
      'Transfer Order : Pending Receipt/Partially Fulfilled',
      'Transfer Order : Partially Fulfilled',
      'Transfer Order : Pending Receipt',
      'Transfer Order : Received',
    ]);
    const closed = await order([line(1, 'SKU-A', { isClosed: true })]);
    expect(await status(closed)).toBe('Transfer Order : Closed');
  });

  test('nothing can be received before it has shipped', async () => {
    const id = await order([line(10)]);
    await fulfil(id, undefined, { shipStatus: { id: 'A' } });
    expect(errorOf(await receive(id)).detail).toBe(`${REFUSED}That is not a valid record transformation.`);
  });

  test('approved, "items are committed out of the source location\'s inventory"', async () => {
    await order([line(30)]);
    await order([line(20)], { orderStatus: { id: 'A' } });
    expect(
      await netsuite.query(
        'SELECT quantitycommitted, quantityavailable FROM aggregateitemlocation WHERE item = ? AND location = ?',
        [warehouse.ids['SKU-A'] ?? '', warehouse.ids['FBA US'] ?? ''],
      ),
    ).toEqual([{ quantitycommitted: '30', quantityavailable: '70' }]);
  });
});

test('SuiteQL has three lines for an item, and a receipt names the last (public integrations join `transactionlinetype` RECEIVING by `transferorderitemlineid`; the sample of NSHELP section_N3681685 has orderLine 6)', async () => {
  const id = await order([line(30), line(5, 'SKU-B')]);
  await fulfil(id, [
    { orderLine: 1, quantity: 30 },
    { orderLine: 4, itemReceive: false },
  ]);
  expect(
    await netsuite.query(
      `SELECT id, transactionlinetype type, transferorderitemlineid itemline, quantity, quantityshiprecv moved, BUILTIN.DF(location) place
       FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id`,
      [id],
    ),
  ).toEqual([
    { id: '1', type: 'ITEM', quantity: '30', moved: '30', place: 'FBA US' },
    { id: '2', type: 'SHIPPING', itemline: '1', quantity: '-30', moved: '30', place: 'FBA US' },
    { id: '3', type: 'RECEIVING', itemline: '1', quantity: '30', moved: '0', place: 'Merchant' },
    { id: '4', type: 'ITEM', quantity: '5', moved: '0', place: 'FBA US' },
    { id: '5', type: 'SHIPPING', itemline: '4', quantity: '-5', moved: '0', place: 'FBA US' },
    { id: '6', type: 'RECEIVING', itemline: '4', quantity: '5', moved: '0', place: 'Merchant' },
  ]);
  expect(errorOf(await receive(id, [{ orderLine: 1, quantity: 30 }]))).toMatchObject({
    code: 'INVALID_CONTENT',
    path: 'item.items[0].orderLine',
  });
  expect((await receive(id, [{ orderLine: 3, quantity: 30 }])).status).toBe(204);
  expect(
    await netsuite.query('SELECT type, BUILTIN.DF(transferlocation) place, posting FROM transaction WHERE id = ?', [
      id,
    ]),
  ).toEqual([{ type: 'TrnfrOrd', place: 'Merchant', posting: 'F' }]);
});

test('is read back as it was sent, with what has shipped and come in', async () => {
  const id = await order([line(30)], { externalId: 'TO_2' });
  await fulfil(id);
  await receive(id, [{ orderLine: 3, quantity: 24 }]);
  const { body } = await netsuite.call('GET', '/record/v1/transferOrder/eid:TO_2?expandSubResources=true');
  expect(body).toMatchObject({
    id,
    location: { refName: 'FBA US' },
    transferLocation: { refName: 'Merchant' },
    useItemCostAsTransferCost: true,
    status: { id: 'F', refName: 'Pending Receipt' },
    item: { items: [{ line: 1, quantity: 30, quantityFulfilled: 30, quantityReceived: 24 }] },
  });
});

describe('receiving (NSHELP section_N2312912)', () => {
  test('"You cannot receive more than the quantity on the transfer order", in parts neither', async () => {
    const id = await order([line(30)]);
    await fulfil(id);
    expect((await receive(id, [{ orderLine: 3, quantity: 31 }])).status).toBe(400);
    expect((await receive(id, [{ orderLine: 3, quantity: 24 }])).status).toBe(204);
    expect(errorOf(await receive(id, [{ orderLine: 3, quantity: 7 }]))).toMatchObject({ code: 'USER_ERROR' });
    expect((await receive(id)).status).toBe(204);
    expect(await warehouse.held('Merchant')).toMatchObject({ quantityonhand: '30' });
    expect((await receive(id)).status).toBe(400);
  });

  test('"the receipt cannot be dated prior to the shipment date of the order", and the shipment cannot be dated after it later', async () => {
    const id = await order([line(30)]);
    const fulfilment = await fulfil(id);
    expect(errorOf(await receive(id, undefined, { tranDate: '2026-10-10' })).detail).toBe(
      `${REFUSED}The receipt cannot be dated prior to the shipment date of the order.`,
    );
    expect((await receive(id, undefined, { tranDate: '2026-10-11' })).status).toBe(204);
    const later = await netsuite.call('PATCH', `/record/v1/itemFulfillment/${fulfilment.id}`, {
      tranDate: '2026-10-12',
    });
    expect(later.status).toBe(400);
  });

  test('"If you enable the Use Item Cost as Transfer Cost setting on an order that is partially fulfilled, the quantity you receive must match the partial quantity on the fulfillment"', async () => {
    const id = await order([line(30)]);
    const first = await fulfil(id, [{ orderLine: 1, quantity: 10 }]);
    const second = await fulfil(id, [{ orderLine: 1, quantity: 8 }]);
    expect((await receive(id, [{ orderLine: 3, quantity: 9 }])).status).toBe(400);
    // "Click Receive next to the fulfillment […]. This enables NetSuite to link the item fulfillment cost to the item receipt cost."
    const named = await receive(id, [{ orderLine: 3, quantity: 8 }], { itemFulfillment: { id: second.id } });
    expect(named.status).toBe(204);
    expect((await receive(id)).status).toBe(204);
    expect(errorOf(await receive(id, undefined, { itemFulfillment: { id: first.id } })).detail).toBe(
      `${REFUSED}That is not a valid record transformation.`,
    );
    expect(await warehouse.held('Merchant')).toMatchObject({ quantityonhand: '18', onhandvaluemli: '270' });
  });

  test('goes where the order goes, and nowhere else', async () => {
    const id = await order([line(3)]);
    await fulfil(id);
    const elsewhere = await receive(id, [{ orderLine: 3, quantity: 3, location: warehouse.ref('FBA US') }]);
    expect(errorOf(elsewhere).path).toBe('item.items[0].location');
  });

  test('a fulfilment that has been received cannot be deleted; in the opposite order everything can', async () => {
    const id = await order([line(30)]);
    const fulfilment = await fulfil(id);
    const receipt = await receive(id);
    const remove = async (path: string): Promise<number> =>
      (await netsuite.call('DELETE', `/record/v1/${path}`)).status;
    expect([await remove(`transferOrder/${id}`), await remove(`itemFulfillment/${fulfilment.id}`)]).toEqual([400, 400]);
    expect([
      await remove(`itemReceipt/${receipt.id}`),
      await remove(`itemFulfillment/${fulfilment.id}`),
      await remove(`transferOrder/${id}`),
    ]).toEqual([204, 204, 204]);
    expect(await worth()).toEqual({ Inventory: '2400' });
    expect(await inTransit('FBA US')).toEqual({ quantityonhand: '100', quantityintransit: '0' });
  });
});

describe('Use Item Cost as Transfer Cost (NSHELP section_N2310077)', () => {
  test('"if the cost on the transfer order fulfillment gets updated by inventory costing calculations, that cost is propagated to the item receipt" (section_N2312912), and every cent arrives', async () => {
    const id = await order([line(3)]);
    const fulfilment = await fulfil(id);
    for (const day of ['13', '14', '15'])
      await receive(id, [{ orderLine: 3, quantity: 1 }], { tranDate: `2026-10-${day}` });
    // (100 × 15.00 + 15.50) ÷ 101 = 15.00495: three of them are worth 45.01.
    await warehouse.adjust('2026-10-01', { quantity: 1, unitCost: 15.5 });
    expect(await warehouse.posted(fulfilment.id, '1200')).toBe('-45.01');
    expect(await worth()).toEqual({ Inventory: '2415.5', 'Inventory In Transit': '0' });
    expect(await warehouse.held('Merchant')).toMatchObject({ onhandvaluemli: '45.01' });
  });

  test('shipped and received on one day it is costed in that order', async () => {
    await netsuite.close();
    netsuite = await openAccount({ seed: { ...exampleSeed(), openingStock: [] } });
    warehouse = await warehouseOf(netsuite);
    const id = await order([line(2)]);
    await fulfil(id);
    await receive(id, undefined, { tranDate: '2026-10-11' });
    await warehouse.adjust('2026-10-11', { quantity: 10, unitCost: 7 });
    expect(await warehouse.held('Merchant')).toEqual({
      quantityonhand: '2',
      averagecostmli: '7',
      onhandvaluemli: '14',
    });
  });

  test('of a costing group the units leave and come back at the one average, which stays what it is (NSHELP section_4345703444)', async () => {
    await netsuite.close();
    netsuite = await openAccount({ switches: { costing: 'group' } });
    warehouse = await warehouseOf(netsuite);
    await warehouse.adjust('2026-10-01', { location: 'Merchant', quantity: 100, unitCost: 25 });
    const id = await order([line(30)]);
    const fulfilment = await fulfil(id);
    expect(await warehouse.posted(fulfilment.id, '1200')).toBe('-600');
    await receive(id);
    expect(await warehouse.held('Merchant')).toEqual({
      quantityonhand: '130',
      averagecostmli: '20',
      onhandvaluemli: '2600',
    });
  });

  test('cleared, the example of the page: transfer price $120, item cost $100, "Gain/Loss $20"', async () => {
    await warehouse.adjust('2026-10-01', { item: 'SKU-B', location: 'Merchant', quantity: 1, unitCost: 100 });
    const back = { location: warehouse.ref('Merchant'), transferLocation: warehouse.ref('FBA US') };
    const id = await order([line(1, 'SKU-B', { rate: 120 })], { ...back, useItemCostAsTransferCost: false });
    const fulfilment = await fulfil(id);
    const entries = (transaction: string): Promise<Row[]> =>
      netsuite.query(
        `SELECT BUILTIN.DF(account) account, debit, credit FROM transactionaccountingline
         WHERE transaction = ? ORDER BY transactionline`,
        [transaction],
      );
    // The items of this account name no Gain/Loss account; the cost of goods stands in for it.
    expect(await entries(fulfilment.id)).toEqual([
      { account: '1200 Inventory', credit: '100' },
      { account: 'Inventory In Transit', debit: '120' },
      { account: '5000 Cost of goods', credit: '20' },
    ]);
    const receipt = await receive(id);
    expect(await entries(receipt.id)).toEqual([
      { account: '1200 Inventory', debit: '120' },
      { account: 'Inventory In Transit', credit: '120' },
    ]);
  });

  test('cleared by the switch: "If no transfer price is entered on the transfer order, no cost is recorded on the item receipt", and "lines on transfer orders cannot be partially fulfilled" (section_N2312176)', async () => {
    await netsuite.admin('POST', '/admin/switches', { useItemCostAsTransferCost: false });
    const id = await order([line(10), line(4, 'SKU-B')]);
    expect((await fulfil(id, [{ orderLine: 1, quantity: 4 }])).status).toBe(400);
    await fulfil(id, [
      { orderLine: 1, quantity: 10 },
      { orderLine: 4, itemReceive: false },
    ]);
    await fulfil(id);
    expect((await receive(id, [{ orderLine: 3, quantity: 4 }])).status).toBe(400);
    // "In this case […] you can receive all items in the same item receipt" (section_N3692380).
    const receipt = await receive(id);
    expect([receipt.status, await warehouse.posted(receipt.id, '1200')]).toEqual([204, '0']);
    expect([await status(id), (await warehouse.held('Merchant', 'SKU-B'))?.['quantityonhand']]).toEqual([
      'Transfer Order : Received',
      '4',
    ]);
  });
});

describe('refused', () => {
  test('"You cannot fulfill more than the quantity on the transfer order" (NSHELP section_N2312176)', async () => {
    const id = await order([line(10)]);
    expect((await fulfil(id, [{ orderLine: 1, quantity: 11 }])).status).toBe(400);
  });

  test('in transit "changes can no longer be made to the transfer order for values in the Item, Quantity, or Location fields" (section_N2312176)', async () => {
    const id = await order([line(10)]);
    await fulfil(id);
    const patch = async (body: Body): Promise<number> =>
      (await netsuite.call('PATCH', `/record/v1/transferOrder/${id}`, body)).status;
    expect([
      await patch({ item: { items: [{ line: 1, item: warehouse.ref('SKU-B') }] } }),
      await patch({ item: { items: [{ line: 1, quantity: 9 }] } }),
      await patch({ memo: 'on its way' }),
    ]).toEqual([400, 400, 204]);
  });

  test('*Limit to Committed*: "only fully committed lines show on the fulfillment form" (section_N2312176)', async () => {
    await netsuite.admin('POST', '/admin/switches', { fulfilOnlyFromStock: true });
    const id = await order([line(101)]);
    expect(errorOf(await fulfil(id)).detail).toBe(
      `${REFUSED}You must have at least one valid line item for this transaction.`,
    );
  });

  test.each<[string, () => Body, string]>([
    ['no source on an approved order', () => ({ location: null }), 'Please enter value(s) for: From Location.'],
    ['no destination', () => ({ transferLocation: null }), 'Please enter value(s) for: To Location.'],
    ['no subsidiary', () => ({ subsidiary: null }), 'Please enter value(s) for: Subsidiary.'],
    ['no line', () => ({ item: { items: [] } }), 'You must enter at least one line item for this transaction.'],
  ])('%s', async (_name, more, sentence) => {
    expect(errorOf(await post('transferOrder', orderBody([line(1)], more()))).detail).toBe(`${REFUSED}${sentence}`);
  });

  test.each<[string, string, number]>([
    ['quantity', 'SKU-A', 0],
    ['item', 'AMZ-SHIPPING', 1],
  ])(
    'a %s that cannot be: "Only inventory and assembly items can be added" (section_N2310933)',
    async (path, item, quantity) => {
      expect(errorOf(await post('transferOrder', orderBody([line(quantity, item)])))).toMatchObject({
        code: 'INVALID_CONTENT',
        path: `item.items[0].${path}`,
      });
    },
  );

  test('an order may wait for approval without a source, "in a case where […] the source location has not yet been identified" (section_N3692380)', async () => {
    const reply = await post('transferOrder', orderBody([line(1)], { location: null, orderStatus: { id: 'A' } }));
    expect(reply.status).toBe(204);
  });
});
