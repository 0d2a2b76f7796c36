/** Goods that come back: item receipts of return authorisations, and what waits for stock. Quotations: NetSuite's help pages. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { balanceOf, stockOf } from './order-documents.ts';
import { warehouseOf, type Warehouse } from './stock-documents.ts';

const REFUSED = 'Error while accessing a resource. ';
let netsuite: BareAccount;
let warehouse: Warehouse;

beforeEach(async () => {
  netsuite = await openAccount({ switches: { autoApply: false } });
  warehouse = await warehouseOf(netsuite);
});
afterEach(() => netsuite.close());

const transform = (from: string, target: string, body: Body = {}): Promise<Reply> =>
  netsuite.call(
    'POST',
    `/record/v1/${from}/!transform/${target}`,
    { tranDate: '2026-10-28', ...body },
    { 'X-NetSuite-PropertyNameValidation': 'error' },
  );
const receive = (authorisation: string, lines?: Body[], more: Body = {}): Promise<Reply> =>
  transform(`returnAuthorization/${authorisation}`, 'itemReceipt', {
    ...(lines ? { item: { items: lines } } : {}),
    ...more,
  });

/** Three of SKU-A and a shipping charge, ordered, shipped, billed and authorised to come back. */
async function soldAndAuthorised(): Promise<{ order: string; authorisation: string; line: number }> {
  const order = await warehouse.order([
    warehouse.goods('SKU-A', 3, 120),
    { item: warehouse.ref('AMZ-SHIPPING'), amount: 5 },
  ]);
  await transform(`salesOrder/${order}`, 'itemFulfillment', { shipStatus: { id: 'C' }, tranDate: '2026-10-21' });
  const invoice = await transform(`salesOrder/${order}`, 'invoice', { tranDate: '2026-10-21' });
  const authorisation = (await transform(`invoice/${invoice.id}`, 'returnAuthorization')).id;
  return { order, authorisation, line: (await warehouse.lineIds(authorisation))[0] ?? 0 };
}

describe('receiving a customer return (NSHELP section_N1307628)', () => {
  test('"Items on return authorisations are recorded as received", stock and its asset account rise, the cost of sales falls', async () => {
    const { authorisation, line } = await soldAndAuthorised();
    const receipt = await receive(authorisation, [{ orderLine: line, quantity: 1, itemReceive: true }], {
      externalId: 'IR_1',
      memo: 'IR 1',
    });
    expect([receipt.status, receipt.headers.get('location')]).toEqual([
      204,
      `${netsuite.simulator.url}/services/rest/record/v1/itemreceipt/${receipt.id}`,
    ]);
    expect([
      await stockOf(netsuite, 'SKU-A'),
      await warehouse.posted(receipt.id, '1200'),
      await warehouse.posted(receipt.id, '5000'),
    ]).toEqual(['98', '15', '-15']);
    expect(
      await netsuite.query(
        `SELECT t.type, t.memo, tl.quantity, tl.isinventoryaffecting, BUILTIN.DF(tl.location) location, tl.createdfrom
         FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
         WHERE t.externalid = 'IR_1' AND tl.mainline = 'F' AND tl.iscogs = 'F'`,
      ),
    ).toEqual([
      {
        type: 'ItemRcpt',
        memo: 'IR 1',
        quantity: '1',
        isinventoryaffecting: 'T',
        location: 'FBA US',
        createdfrom: authorisation,
      },
    ]);
    expect(
      await netsuite.query(
        "SELECT quantityshiprecv FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
        [authorisation],
      ),
    ).toEqual([{ quantityshiprecv: '1' }, { quantityshiprecv: '0' }]);
  });

  test('"Status of the return is updated": received in part, received, refunded', async () => {
    const { authorisation, line } = await soldAndAuthorised();
    const status = (): Promise<string | undefined> => warehouse.field(authorisation, 'BUILTIN.DF(status)');
    const seen = [await status()];
    for (const step of [
      () => receive(authorisation, [{ orderLine: line, quantity: 1 }]),
      () => receive(authorisation),
      () => transform(`returnAuthorization/${authorisation}`, 'creditMemo'),
    ]) {
      expect((await step()).status).toBe(204);
      seen.push(await status());
    }
    expect(seen).toEqual([
      'Return Authorization : Pending Receipt',
      'Return Authorization : Pending Refund/Partially Received',
      'Return Authorization : Pending Refund',
      'Return Authorization : Refunded',
    ]);
  });

  test('goes to the location of its line, so that what is damaged need not stand with what is sold', async () => {
    const { authorisation, line } = await soldAndAuthorised();
    await receive(authorisation, [{ orderLine: line, quantity: 1, location: warehouse.ref('Merchant') }]);
    expect(await warehouse.held('Merchant')).toMatchObject({ quantityonhand: '1', averagecostmli: '15' });
  });

  test('more than is open is refused, and a closed line is on no list', async () => {
    const { authorisation, line } = await soldAndAuthorised();
    await receive(authorisation, [{ orderLine: line, quantity: 2 }]);
    expect(errorOf(await receive(authorisation, [{ orderLine: line, quantity: 2 }]))).toMatchObject({
      status: 400,
      code: 'USER_ERROR',
    });
    await netsuite.call('PATCH', `/record/v1/returnAuthorization/${authorisation}`, {
      item: { items: [{ line, isClosed: true }] },
    });
    expect(errorOf(await receive(authorisation)).detail).toBe(
      `${REFUSED}You must enter at least one line item for this transaction.`,
    );
    expect(errorOf(await receive(authorisation, [{ orderLine: line, quantity: 1 }]))).toMatchObject({
      code: 'INVALID_CONTENT',
      path: 'item.items[0].orderLine',
    });
  });

  test('a deleted receipt leaves the authorisation open again', async () => {
    const { authorisation } = await soldAndAuthorised();
    const { id } = await receive(authorisation);
    expect((await netsuite.call('DELETE', `/record/v1/returnAuthorization/${authorisation}`)).status).toBe(400);
    await netsuite.call('DELETE', `/record/v1/itemReceipt/${id}`);
    expect([await stockOf(netsuite, 'SKU-A'), await warehouse.field(authorisation, 'status')]).toEqual(['97', 'B']);
  });

  test('it is made of an authorisation only', async () => {
    for (const reply of [
      await netsuite.call('POST', '/record/v1/itemReceipt', {}),
      await transform(`salesOrder/${(await soldAndAuthorised()).order}`, 'itemReceipt'),
    ])
      expect(errorOf(reply).detail).toBe(`${REFUSED}That is not a valid record transformation.`);
  });
});

describe('what a return costs', () => {
  test('"NetSuite gets costing from the originating sales order or invoice" (NSHELP bridgehead_4337971641)', async () => {
    const { authorisation } = await soldAndAuthorised();
    await warehouse.adjust('2026-10-25', { quantity: 97, unitCost: 25 }); // the average is 20.00 now
    const { id } = await receive(authorisation);
    expect(await warehouse.posted(id, '5000')).toBe('-45');
  });

  test('Override Rate, "always in the base currency" (NSHELP section_N2199328), wins', async () => {
    const { authorisation, line } = await soldAndAuthorised();
    const { id } = await receive(authorisation, [{ orderLine: line, quantity: 2, unitCostOverride: 4.125 }]);
    expect(await warehouse.posted(id, '1200')).toBe('8.25');
  });

  test('without an order behind it the average of the location counts', async () => {
    const authorisation = await netsuite.create('returnAuthorization', {
      entity: warehouse.ref('Amazon US'),
      tranDate: '2026-10-22',
      orderStatus: { id: 'B' },
      item: { items: [warehouse.goods('SKU-B', 1, 30)] },
    });
    expect(await warehouse.posted((await receive(authorisation)).id, '1200')).toBe('9');
  });
});

describe('preferences', () => {
  test('without Restock Returned Items a receipt counts on its authorisation and brings nothing back; no field of REST says otherwise', async () => {
    await netsuite.admin('POST', '/admin/switches', { restock: false });
    const { authorisation, line } = await soldAndAuthorised();
    expect(errorOf(await receive(authorisation, [{ orderLine: line, quantity: 1, restock: true }])).path).toBe(
      'item.items[0].restock',
    );
    const { id } = await receive(authorisation);
    expect([await stockOf(netsuite, 'SKU-A'), await warehouse.posted(id, '1200')]).toEqual(['97', '0']);
    expect(await warehouse.field(authorisation, 'status')).toBe('F');
  });

  test('without Refund in Advance of Return only what is back is credited', async () => {
    await netsuite.admin('POST', '/admin/switches', { refundInAdvanceOfReturn: false });
    const { authorisation, line } = await soldAndAuthorised();
    const credit = (): Promise<Reply> => transform(`returnAuthorization/${authorisation}`, 'creditMemo');
    expect(errorOf(await credit()).detail).toBe(`${REFUSED}That is not a valid record transformation.`);
    await receive(authorisation, [{ orderLine: line, quantity: 1 }]);
    const memo = await credit();
    expect([await warehouse.field(memo.id, 'foreigntotal'), await balanceOf(netsuite, '4000')]).toEqual(['-45', '-80']);
  });

  test('Limit to Committed: nothing is shipped that the location does not hold', async () => {
    await netsuite.admin('POST', '/admin/switches', { fulfilOnlyFromStock: true });
    const order = await warehouse.order([warehouse.goods('SKU-A', 101, 120)]);
    expect((await transform(`salesOrder/${order}`, 'itemFulfillment', { shipStatus: { id: 'C' } })).status).toBe(400);
  });
});

test('aggregateitemlocation: on hand, committed to approved orders, available, in transit', async () => {
  const order = await warehouse.order([warehouse.goods('SKU-A', 30, 120)]);
  await warehouse.order([warehouse.goods('SKU-A', 50, 120)], { orderStatus: { id: 'A' } });
  const stands = (): Promise<Record<string, string>[]> =>
    netsuite.query(
      'SELECT quantityonhand, quantitycommitted, quantityavailable, quantityintransit FROM aggregateitemlocation WHERE item = ?',
      [warehouse.ids['SKU-A'] ?? ''],
    );
  expect(await stands()).toEqual([
    { quantityonhand: '100', quantitycommitted: '30', quantityavailable: '70', quantityintransit: '0' },
  ]);
  const [line] = await warehouse.lineIds(order);
  await transform(`salesOrder/${order}`, 'itemFulfillment', {
    shipStatus: { id: 'C' },
    item: { items: [{ orderLine: line, quantity: 10 }] },
  });
  expect(await stands()).toEqual([
    { quantityonhand: '90', quantitycommitted: '20', quantityavailable: '70', quantityintransit: '0' },
  ]);
  await warehouse.order([warehouse.goods('SKU-A', 200, 1)]);
  expect(await stands()).toMatchObject([{ quantitycommitted: '90', quantityavailable: '0' }]);
});
