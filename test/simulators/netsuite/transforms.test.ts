import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { balanceOf, sellerOf, stockOf, type Seller } from './order-documents.ts';

const REFUSED = 'Error while accessing a resource. ';
const NO_LINE = `${REFUSED}You must enter at least one line item for this transaction.`;
const INVALID = `${REFUSED}That is not a valid record transformation.`;
let netsuite: BareAccount;
let seller: Seller;

beforeEach(async () => {
  netsuite = await openAccount({ switches: { autoApply: false } });
  seller = await sellerOf(netsuite);
});
afterEach(() => netsuite.close());

const transform = (from: string, target: string, body: Body = {}): Promise<Reply> =>
  netsuite.call(
    'POST',
    `/record/v1/${from}/!transform/${target}`,
    { tranDate: '2026-10-28', ...body },
    { 'X-NetSuite-PropertyNameValidation': 'error' },
  );
const fulfil = (order: string, lines?: Body[], more: Body = {}): Promise<Reply> =>
  transform(`salesOrder/${order}`, 'itemFulfillment', {
    shipStatus: { id: 'C' },
    ...(lines ? { item: { items: lines } } : {}),
    ...more,
  });
const bill = (order: string, lines?: Body[]): Promise<Reply> =>
  transform(`salesOrder/${order}`, 'invoice', lines ? { item: { items: lines } } : {});

describe('order to fulfilment', () => {
  test('lines that are not listed are fulfilled in full, at average cost, from their location', async () => {
    const order = await seller.order([
      seller.goods('SKU-A', 2, 80),
      seller.goods('SKU-B', 1, 25),
      { item: seller.ref('AMZ-SHIPPING'), amount: 5 },
    ]);
    const [first] = await seller.lineIds(order);
    expect((await fulfil(order, [{ orderLine: first, quantity: 1, itemReceive: true }])).status).toBe(204);
    expect([
      await stockOf(netsuite, 'SKU-A'),
      await stockOf(netsuite, 'SKU-B'),
      await balanceOf(netsuite, '5000'),
      await balanceOf(netsuite, '1200'),
    ]).toEqual(['99', '99', '24', '2376']);
    expect(
      await netsuite.query(
        "SELECT quantity, quantityshiprecv FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
        [order],
      ),
    ).toEqual([
      { quantity: '-2', quantityshiprecv: '1' },
      { quantity: '-1', quantityshiprecv: '1' },
      { quantity: '-1', quantityshiprecv: '0' },
    ]);
    expect(await seller.field(order, 'status')).toBe('E');
  });

  test('a line with itemReceive false stays', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 40), seller.goods('SKU-B', 1, 25)]);
    const [first, second] = await seller.lineIds(order);
    await fulfil(order, [
      { orderLine: first, quantity: 1, itemReceive: true },
      { orderLine: second, itemReceive: false },
    ]);
    expect([await stockOf(netsuite, 'SKU-A'), await stockOf(netsuite, 'SKU-B')]).toEqual(['99', '100']);
  });

  test("orderLine is the line's id, not its position: a third of the orders have gaps", async () => {
    const orders = [
      await seller.order([seller.goods('SKU-A', 1, 1), seller.goods('SKU-B', 1, 1)]),
      await seller.order([seller.goods('SKU-A', 1, 1), seller.goods('SKU-B', 1, 1)]),
      await seller.order([seller.goods('SKU-A', 1, 1), seller.goods('SKU-B', 1, 1)]),
    ];
    const ids = await Promise.all(orders.map((order) => seller.lineIds(order)));
    expect(ids.map(String).sort()).toEqual(['1,2', '1,2', '1,4']);
    const gapped = orders[ids.findIndex((lines) => lines[1] === 4)] ?? '';
    expect(errorOf(await fulfil(gapped, [{ orderLine: 2, quantity: 1 }]))).toMatchObject({
      status: 400,
      code: 'INVALID_CONTENT',
      path: 'item.items[0].orderLine',
    });
  });

  test('more than was ordered is refused, also over two fulfilments', async () => {
    const order = await seller.order([seller.goods('SKU-A', 2, 80)]);
    const [line] = await seller.lineIds(order);
    const text = `${REFUSED}You can not over-fulfill an item unless you have selected the 'Allow Overage on Item Fulfillments' preference.`;
    expect(errorOf(await fulfil(order, [{ orderLine: line, quantity: 3 }]))).toEqual({
      status: 400,
      code: 'USER_ERROR',
      detail: text,
      path: undefined,
    });
    await fulfil(order, [{ orderLine: line, quantity: 1 }]);
    expect(errorOf(await fulfil(order, [{ orderLine: line, quantity: 2 }])).detail).toBe(text);
    await fulfil(order);
    expect(errorOf(await fulfil(order)).detail).toBe(NO_LINE);
    expect(await stockOf(netsuite, 'SKU-A')).toBe('98');
  });

  test('an inventory line without a location is refused', async () => {
    const order = await seller.order([{ item: seller.ref('SKU-A'), quantity: 1, amount: 40 }]);
    expect(errorOf(await fulfil(order)).detail).toBe(`${REFUSED}Please enter value(s) for: Items list: Location.`);
    const [line] = await seller.lineIds(order);
    expect((await fulfil(order, [{ orderLine: line, quantity: 1, location: seller.ref('FBA US') }])).status).toBe(204);
  });

  test('only what is shipped posts; picked goods are not free for another fulfilment', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 40)]);
    const picked = await fulfil(order, undefined, { shipStatus: { id: 'A' } });
    expect([await seller.field(picked.id, 'posting'), await stockOf(netsuite, 'SKU-A')]).toEqual(['F', '100']);
    expect(errorOf(await fulfil(order)).detail).toBe(NO_LINE);
    expect(errorOf(await fulfil(order, [{ orderLine: (await seller.lineIds(order))[0], quantity: 1 }])).detail).toMatch(
      /You can not over-fulfill an item/,
    );
    await netsuite.call('PATCH', `/record/v1/itemFulfillment/${picked.id}`, { shipStatus: { id: 'C' } });
    expect([
      await seller.field(picked.id, 'posting'),
      await stockOf(netsuite, 'SKU-A'),
      await seller.field(order, 'status'),
    ]).toEqual(['T', '99', 'F']);
  });

  test('an order that waits for approval cannot be fulfilled or billed, nor a fulfilment be made without one', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 40)], { orderStatus: { id: 'A' } });
    expect([errorOf(await fulfil(order)).detail, errorOf(await bill(order)).detail]).toEqual([INVALID, INVALID]);
    expect(errorOf(await netsuite.call('POST', '/record/v1/itemFulfillment', {})).detail).toBe(INVALID);
    expect(errorOf(await transform(`salesOrder/${order}`, 'deposit')).detail).toBe(INVALID);
  });

  test('without Pick, Pack and Ship there is no shipStatus', async () => {
    await netsuite.admin('POST', '/admin/switches', { pickPackShip: false });
    const order = await seller.order([seller.goods('SKU-A', 1, 40)]);
    expect(errorOf(await fulfil(order))).toMatchObject({ code: 'INVALID_CONTENT', path: 'shipStatus' });
    await transform(`salesOrder/${order}`, 'itemFulfillment');
    expect(await stockOf(netsuite, 'SKU-A')).toBe('99');
  });

  test('without Advanced Shipping the fulfilment bills itself', async () => {
    await netsuite.admin('POST', '/admin/switches', { advancedShipping: false });
    const order = await seller.order([seller.goods('SKU-A', 1, 40)]);
    await fulfil(order);
    expect([await balanceOf(netsuite, '1100'), await seller.field(order, 'status')]).toEqual(['40', 'G']);
  });
});

describe('order to invoice', () => {
  test('bills what was fulfilled, and what needs no fulfilment', async () => {
    const order = await seller.order([
      seller.goods('SKU-A', 2, 80.01),
      { item: seller.ref('AMZ-SHIPPING'), amount: 5.99 },
    ]);
    const [line] = await seller.lineIds(order);
    await fulfil(order, [{ orderLine: line, quantity: 1 }]);
    const invoice = await bill(order);
    expect(
      await netsuite.query('SELECT quantity, foreignamount FROM transactionline WHERE transaction = ? ORDER BY id', [
        invoice.id,
      ]),
    ).toEqual([
      { foreignamount: '46' },
      { quantity: '-1', foreignamount: '-40.01' },
      { quantity: '-1', foreignamount: '-5.99' },
    ]);
    expect(
      await netsuite.query(
        "SELECT quantitybilled FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
        [order],
      ),
    ).toEqual([{ quantitybilled: '1' }, { quantitybilled: '1' }]);
    expect(errorOf(await bill(order)).detail).toBe(NO_LINE);
    expect(await seller.field(order, 'status')).toBe('D');
  });

  test('takes amounts per line, leaves lines of quantity 0 out and adds lines without orderLine', async () => {
    const order = await seller.order([
      seller.goods('SKU-A', 3, 10),
      { item: seller.ref('AMZ-SHIPPING'), amount: 5.99 },
    ]);
    const [goods, shipping] = await seller.lineIds(order);
    await fulfil(order);
    const invoice = await bill(order, [
      { orderLine: goods, quantity: 1, amount: 3.34 },
      { orderLine: shipping, quantity: 0 },
      { item: seller.ref('AMZ-PROMOTION'), quantity: 1, amount: -0.34 },
    ]);
    expect(
      await netsuite.query(
        "SELECT BUILTIN.DF(item) item, foreignamount FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
        [invoice.id],
      ),
    ).toEqual([
      { item: 'SKU-A', foreignamount: '-3.34' },
      { item: 'AMZ-PROMOTION', foreignamount: '0.34' },
    ]);
    expect(await seller.field(invoice.id, 'foreigntotal')).toBe('3');
    expect(errorOf(await bill(order, [{ orderLine: goods, quantity: 3 }])).status).toBe(400);
  });

  test('posts no cost of goods again, while a stand-alone invoice relieves stock itself', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 40)]);
    await fulfil(order);
    await bill(order);
    expect(await balanceOf(netsuite, '5000')).toBe('15');
    await netsuite.create('invoice', {
      entity: seller.ref('Amazon US'),
      tranDate: '2026-10-28',
      item: { items: [seller.goods('SKU-B', 1, 25)] },
    });
    expect([await balanceOf(netsuite, '5000'), await stockOf(netsuite, 'SKU-B')]).toEqual(['24', '99']);
  });

  test.each([
    ['Amazon CA', 0.75, '20'],
    ['Amazon JP', 0.0067, '2239'],
  ])('cost of 15.00 is posted in the currency of %s at the rate %d: %s', async (customer, exchangeRate, cost) => {
    const order = await seller.order([seller.goods('SKU-A', 1, 40)], { entity: seller.ref(customer), exchangeRate });
    const shipped = await fulfil(order);
    const rows = await netsuite.query(
      'SELECT tl.foreignamount, tal.amount FROM transactionline tl JOIN transactionaccountingline tal ON tal.transaction = tl.transaction AND tal.transactionline = tl.id WHERE tl.transaction = ? ORDER BY tl.id',
      [shipped.id],
    );
    expect(rows).toEqual([
      { foreignamount: `-${cost}`, amount: '-15' },
      { foreignamount: cost, amount: '15' },
    ]);
  });

  test("carries the order's number, memo and currency over", async () => {
    const order = await seller.order([{ item: seller.ref('AMZ-SHIPPING'), amount: 5 }], {
      entity: seller.ref('Amazon CA'),
      otherRefNum: '701-1',
      memo: 'SO 701-1 1',
    });
    const invoice = await bill(order);
    expect(
      await netsuite.query(
        'SELECT otherrefnum, memo, BUILTIN.DF(currency) currency, BUILTIN.DF(entity) entity FROM transaction WHERE id = ?',
        [invoice.id],
      ),
    ).toEqual([{ otherrefnum: '701-1', memo: 'SO 701-1 1', currency: 'CAD', entity: 'Amazon CA' }]);
    expect(
      await netsuite.query('SELECT DISTINCT createdfrom FROM transactionline WHERE transaction = ?', [invoice.id]),
    ).toEqual([{ createdfrom: order }]);
  });
});

test('a change of an order keeps what was fulfilled, and cannot cut below it', async () => {
  const order = await seller.order([seller.goods('SKU-A', 3, 30)]);
  const [line] = await seller.lineIds(order);
  await fulfil(order, [{ orderLine: line, quantity: 2 }]);
  const change = (quantity: number): Promise<Reply> =>
    netsuite.call('PATCH', `/record/v1/salesOrder/${order}`, {
      memo: 'changed',
      item: { items: [{ line, quantity }] },
    });
  expect([(await change(1)).status, (await change(2)).status]).toEqual([400, 204]);
  expect(
    await netsuite.query(
      "SELECT quantity, quantityshiprecv, foreignamount FROM transactionline WHERE transaction = ? AND mainline = 'F'",
      [order],
    ),
  ).toEqual([{ quantity: '-2', quantityshiprecv: '2', foreignamount: '-20' }]);
});

test('the status of an order follows what was fulfilled, billed and closed', async () => {
  const order = await seller.order([seller.goods('SKU-A', 2, 20)]);
  const [line] = await seller.lineIds(order);
  const seen = [await seller.field(order, 'status')];
  for (const step of [
    () => fulfil(order, [{ orderLine: line, quantity: 1 }]),
    () => bill(order),
    () => fulfil(order),
    () => bill(order),
  ]) {
    await step();
    seen.push(await seller.field(order, 'status'));
  }
  expect(seen).toEqual(['B', 'E', 'D', 'F', 'G']);
  const names = await netsuite.query('SELECT BUILTIN.DF(status) status FROM transaction WHERE id = ?', [order]);
  expect(names).toEqual([{ status: 'Sales Order : Billed' }]);
});

describe('returns and credit memos', () => {
  const soldAndBilled = async (): Promise<{ order: string; invoice: string; line: number }> => {
    const order = await seller.order([seller.goods('SKU-A', 2, 80)]);
    await fulfil(order);
    const invoice = (await bill(order)).id;
    return { order, invoice, line: (await seller.lineIds(invoice))[0] ?? 0 };
  };

  test('from a return authorisation: income is debited, stock stays', async () => {
    const { order } = await soldAndBilled();
    const [line] = await seller.lineIds(order);
    const returned = await transform(`salesOrder/${order}`, 'returnAuthorization', {
      item: { items: [{ orderLine: line, quantity: 1 }] },
    });
    expect([await seller.field(returned.id, 'status'), await seller.field(returned.id, 'posting')]).toEqual(['B', 'F']);
    const memo = await transform(`returnAuthorization/${returned.id}`, 'creditMemo', { autoApply: false });
    expect([
      await seller.field(memo.id, 'foreigntotal'),
      await seller.field(memo.id, 'foreignamountunpaid'),
      await balanceOf(netsuite, '4000'),
      await stockOf(netsuite, 'SKU-A'),
    ]).toEqual(['-40', '40', '-40', '98']);
    expect(errorOf(await transform(`returnAuthorization/${returned.id}`, 'creditMemo')).detail).toBe(NO_LINE);
    const [back] = await seller.lineIds(returned.id);
    expect(
      errorOf(
        await transform(`returnAuthorization/${returned.id}`, 'creditMemo', {
          item: { items: [{ orderLine: back, quantity: 1 }] },
        }),
      ).status,
    ).toBe(400);
  });

  test('more than was sold cannot be returned', async () => {
    const { invoice, line } = await soldAndBilled();
    expect(
      (
        await transform(`invoice/${invoice}`, 'returnAuthorization', {
          item: { items: [{ orderLine: line, quantity: 2 }] },
        })
      ).status,
    ).toBe(204);
    expect(
      errorOf(
        await transform(`invoice/${invoice}`, 'returnAuthorization', {
          item: { items: [{ orderLine: line, quantity: 1 }] },
        }),
      ).status,
    ).toBe(400);
  });

  test('without Refund in Advance of Return an authorisation cannot be credited', async () => {
    const { invoice } = await soldAndBilled();
    const returned = await transform(`invoice/${invoice}`, 'returnAuthorization');
    await netsuite.admin('POST', '/admin/switches', { refundInAdvanceOfReturn: false });
    expect(errorOf(await transform(`returnAuthorization/${returned.id}`, 'creditMemo')).detail).toBe(INVALID);
  });

  test('a stand-alone credit memo with an inventory item brings it back to stock, without its cost', async () => {
    await soldAndBilled();
    await netsuite.create('creditMemo', {
      entity: seller.ref('Amazon US'),
      tranDate: '2026-10-29',
      autoApply: false,
      item: { items: [seller.goods('SKU-A', 1, 40)] },
    });
    expect([
      await stockOf(netsuite, 'SKU-A'),
      await balanceOf(netsuite, '5000'),
      await balanceOf(netsuite, '1200'),
    ]).toEqual(['99', '30', '2370']);
    await netsuite.create('inventoryAdjustment', {
      subsidiary: { id: '1' },
      account: seller.ref('6300'),
      adjLocation: seller.ref('FBA US'),
      tranDate: '2026-10-30',
      inventory: { items: [{ item: seller.ref('SKU-A'), adjustQtyBy: -99 }] },
    });
    expect(await balanceOf(netsuite, '6300')).toBe('1470'); // 98 × 15.00: the unit that came back is worth nothing
  });

  test("a credit memo on a non-inventory item debits that item's income account only", async () => {
    await seller.creditMemo(3.5);
    expect([
      await balanceOf(netsuite, '4095'),
      await balanceOf(netsuite, '1100'),
      await stockOf(netsuite, 'SKU-A'),
    ]).toEqual(['3.5', '-3.5', '100']);
  });

  test('a credit memo from an invoice is applied to it as its apply list says', async () => {
    const { invoice } = await soldAndBilled();
    const memo = await transform(`invoice/${invoice}`, 'creditMemo', {
      autoApply: false,
      apply: { items: [{ doc: { id: invoice }, line: 0, apply: true, amount: 80 }] },
    });
    expect([
      await seller.field(memo.id, 'foreignamountunpaid'),
      await seller.field(invoice, 'foreignamountunpaid'),
      await seller.field(invoice, 'status'),
    ]).toEqual(['0', '0', 'B']);
  });
});
