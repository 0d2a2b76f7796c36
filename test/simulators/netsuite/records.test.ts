import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body } from './bare-account.ts';
import { sellerOf, type Seller } from './order-documents.ts';

const STRICT = { 'X-NetSuite-PropertyNameValidation': 'error' };
let netsuite: BareAccount;
let seller: Seller;

beforeAll(async () => {
  netsuite = await openAccount({ customFields: ['custbody_channel', 'custcol_order_item'] });
  seller = await sellerOf(netsuite);
});
afterAll(() => netsuite.close());

describe('creating and reading', () => {
  test('POST answers 204 with an empty body and a Location, ids rise, and numbers are given per type', async () => {
    const body = {
      entity: seller.ref('Amazon US'),
      tranDate: '2026-10-20',
      item: { items: [seller.goods('SKU-A', 1, 10)] },
    };
    const first = await netsuite.call('POST', '/record/v1/salesOrder', body);
    const second = await netsuite.call('POST', '/record/v1/salesorder', body);
    expect([first.status, first.text, second.status]).toEqual([204, '', 204]);
    expect(first.headers.get('location')).toBe(
      `${netsuite.simulator.url}/services/rest/record/v1/salesorder/${first.id}`,
    );
    expect(Number(second.id)).toBeGreaterThan(Number(first.id));
    expect([await seller.field(first.id, 'tranid'), await seller.field(second.id, 'tranid')]).toEqual([
      'SO10001',
      'SO10002',
    ]);
  });

  test('a record is read by id and by eid:, sublists are links unless expanded', async () => {
    const id = await seller.order([seller.goods('SKU-A', 2, 20.5)], {
      externalId: 'READ_1',
      memo: 'SO READ 1',
      custbody_channel: 'amazon',
    });
    const plain = await netsuite.call('GET', `/record/v1/salesOrder/${id}`);
    expect(plain.body).toMatchObject({
      id,
      externalId: 'READ_1',
      memo: 'SO READ 1',
      tranDate: '2026-10-20',
      total: 20.5,
      custbody_channel: 'amazon',
      entity: { refName: 'Amazon US' },
      status: { id: 'B', refName: 'Pending Fulfillment' },
      item: { links: [{ rel: 'self' }] },
    });
    const expanded = await netsuite.call('GET', '/record/v1/salesOrder/eid:READ_1?expandSubResources=true');
    expect(expanded.body['item']).toMatchObject({
      count: 1,
      hasMore: false,
      items: [{ item: { refName: 'SKU-A' }, quantity: 2, amount: 20.5, rate: 10.25 }],
    });
    const [line] = await seller.lineIds(id);
    expect((await netsuite.call('GET', `/record/v1/salesOrder/${id}/item/${line}`)).body).toMatchObject({
      line,
      quantity: 2,
    });
    expect(plain.text).toContain('"total":20.50');
    const chosen = await netsuite.call('GET', `/record/v1/salesOrder/${id}?fields=memo,total`);
    expect(chosen.body).toEqual({ links: [expect.anything()], id, memo: 'SO READ 1', total: 20.5 });
  });

  test('what does not exist is 404 NONEXISTENT_ID, also an id of another type', async () => {
    const id = await seller.order([seller.goods('SKU-A', 1, 10)]);
    for (const path of ['invoice/999999', 'invoice/eid:NO', `invoice/${id}`]) {
      expect(errorOf(await netsuite.call('GET', `/record/v1/${path}`))).toMatchObject({
        status: 404,
        code: 'NONEXISTENT_ID',
      });
    }
  });

  test('lists page by ids, and q finds by external id', async () => {
    const id = await seller.order([seller.goods('SKU-A', 1, 10)], { externalId: 'LIST_1' });
    const found = await netsuite.call('GET', `/record/v1/salesOrder?q=${encodeURIComponent('externalId IS "LIST_1"')}`);
    expect(found.body).toMatchObject({ count: 1, totalResults: 1, items: [{ id }] });
    const page = await netsuite.call('GET', '/record/v1/salesOrder?limit=1&offset=1');
    expect(page.body).toMatchObject({ count: 1, hasMore: true, offset: 1 });
    expect(errorOf(await netsuite.call('GET', '/record/v1/salesOrder?limit=2&offset=1'))).toMatchObject({
      status: 400,
    });
  });

  test('masters are read: an account by id, an item by type', async () => {
    expect((await netsuite.call('GET', `/record/v1/account/${seller.ids['1180']}`)).body).toMatchObject({
      acctNumber: '1180',
      acctType: { id: 'Bank' },
      isInactive: false,
    });
    expect((await netsuite.call('GET', `/record/v1/inventoryItem/${seller.ids['SKU-A']}`)).body).toMatchObject({
      itemId: 'SKU-A',
      quantityOnHand: 100,
      incomeAccount: { refName: '4000 Product sales' },
    });
  });

  test('DELETE takes a record out with its lines, unless others stand on it', async () => {
    const id = await seller.invoice(5, { externalId: 'GONE' });
    expect((await netsuite.call('DELETE', `/record/v1/invoice/${id}`)).status).toBe(204);
    expect(await netsuite.query('SELECT id FROM transactionline WHERE transaction = ?', [id])).toEqual([]);
    await seller.invoice(5, { externalId: 'GONE' });
    const order = await seller.order([seller.goods('SKU-A', 1, 10)]);
    await netsuite.create(`salesOrder/${order}/!transform/itemFulfillment`, {
      shipStatus: { id: 'C' },
      tranDate: '2026-10-21',
    });
    expect(errorOf(await netsuite.call('DELETE', `/record/v1/salesOrder/${order}`))).toMatchObject({
      status: 400,
      code: 'USER_ERROR',
    });
  });

  test('what is not built answers 501 and names it', async () => {
    expect(errorOf(await netsuite.call('POST', '/record/v1/cashSale', {}))).toEqual({
      status: 501,
      code: 'SIMULATOR_NOT_BUILT',
      detail: 'The NetSuite simulator does not have this: the record type cashSale.',
      path: undefined,
    });
    const order = await seller.order([seller.goods('SKU-A', 1, 10)]);
    expect(
      errorOf(await netsuite.call('POST', `/record/v1/salesOrder/${order}/!transform/cashSale`, {})),
    ).toMatchObject({ status: 501, detail: expect.stringContaining('cashSale') });
    expect(errorOf(await netsuite.call('GET', '/system/v1/governanceLimits'))).toMatchObject({
      status: 501,
      detail: expect.stringContaining('governanceLimits'),
    });
  });

  test('a body that is not JSON is INVALID_REQUEST', async () => {
    expect(errorOf(await netsuite.call('POST', '/record/v1/invoice', '{"entity":'))).toMatchObject({
      status: 400,
      code: 'INVALID_REQUEST',
      detail: 'The request could not be understood by the server due to malformed syntax.',
    });
  });
});

describe('the external id', () => {
  test("is one namespace for all transactions: an invoice cannot take a sales order's", async () => {
    await seller.order([seller.goods('SKU-A', 1, 10)], { externalId: 'SHARED_1' });
    const again = await netsuite.call('POST', '/record/v1/invoice', {
      externalId: 'SHARED_1',
      entity: seller.ref('Amazon US'),
      tranDate: '2026-10-20',
      item: { items: [{ item: seller.ref('AMZ-REFUND'), amount: 1 }] },
    });
    expect(errorOf(again)).toEqual({
      status: 400,
      code: 'USER_ERROR',
      detail: 'Error while accessing a resource. This record already exists.',
      path: undefined,
    });
    expect(await netsuite.query("SELECT type FROM transaction WHERE externalid = 'SHARED_1'")).toEqual([
      { type: 'SalesOrd' },
    ]);
  });

  test('guards transforms as well', async () => {
    const order = await seller.order([seller.goods('SKU-A', 2, 20)]);
    const body = { externalId: 'IF_TWICE', shipStatus: { id: 'C' }, tranDate: '2026-10-21' };
    await netsuite.create(`salesOrder/${order}/!transform/itemFulfillment`, body);
    expect(
      errorOf(await netsuite.call('POST', `/record/v1/salesOrder/${order}/!transform/itemFulfillment`, body)).detail,
    ).toBe('Error while accessing a resource. This record already exists.');
  });

  test('PUT by eid: creates, and on the second time updates; lines without a key are added', async () => {
    const line = (debit: number, credit: number): Body => ({
      account: seller.ref('6110'),
      ...(debit ? { debit } : { credit }),
    });
    const body = { subsidiary: { id: '1' }, tranDate: '2026-10-20', line: { items: [line(5, 0), line(0, 5)] } };
    const first = await netsuite.call('PUT', '/record/v1/journalEntry/eid:PUT_1', body);
    const second = await netsuite.call('PUT', '/record/v1/journalEntry/eid:PUT_1', body);
    expect([first.status, second.status, second.id]).toEqual([204, 204, first.id]);
    expect(await seller.lineIds(first.id)).toEqual([0, 1, 2, 3]);
  });
});

describe('property names', () => {
  const body = (): Body => ({
    customer: seller.ref('Amazon US'),
    payment: 0,
    aracct: seller.ref('1110'),
    apply: { items: [{ doc: { id: '1' }, amont: 5, apply: false }] },
  });

  test('an unknown name is refused with its path when validation is on', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 10)]);
    const reply = await netsuite.call(
      'POST',
      `/record/v1/salesOrder/${order}/!transform/invoice`,
      { aracct: seller.ref('1110'), item: { items: [{ orderLine: 1, amont: 5 }] } },
      STRICT,
    );
    expect(reply.body['o:errorDetails']).toMatchObject([
      { 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': 'item.items[0].amont' },
      { 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': 'aracct' },
    ]);
  });

  test('by default it is dropped with a warning, and the default takes its place', async () => {
    const invoice = await seller.invoice(9);
    const reply = await netsuite.call('POST', '/record/v1/customerPayment', {
      ...body(),
      payment: 9,
      account: seller.ref('1180'),
      undepFunds: { id: 'F' },
      autoApply: false,
      apply: { items: [{ doc: { id: invoice }, amount: 9 }] },
    });
    expect([reply.status, reply.headers.get('x-netsuite-propertyvalidation')]).toEqual([
      204,
      'Unknown field name aracct. The field does not exist on this record instance.',
    ]);
    const [line] = await netsuite.query(
      'SELECT BUILTIN.DF(expenseaccount) account FROM transactionline WHERE transaction = ? AND id = 1',
      [reply.id],
    );
    expect(line).toEqual({ account: '1100 A/R Amazon' });
  });

  test.each(['undepFunds', 'autoApply', 'payment', 'unapplied'])('a customer refund has no field %s', async (name) => {
    const reply = await netsuite.call(
      'POST',
      '/record/v1/customerRefund',
      { customer: seller.ref('Amazon US'), [name]: false },
      STRICT,
    );
    expect(errorOf(reply)).toMatchObject({ status: 400, code: 'INVALID_CONTENT', path: name });
  });
});

describe('values', () => {
  test('a reference to nothing names value, field and path', async () => {
    const reply = await netsuite.call('POST', '/record/v1/salesOrder', {
      entity: seller.ref('Amazon US'),
      item: { items: [{ item: { id: '9999' }, amount: 1 }] },
    });
    expect(reply.body).toEqual({
      type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1',
      title: 'Bad Request',
      status: 400,
      'o:errorDetails': [
        {
          detail:
            'Error while accessing resource: You have entered an Invalid Field Value 9999 for the following field: item',
          'o:errorCode': 'INVALID_CONTENT',
          'o:errorPath': 'item.items[0].item',
        },
      ],
    });
  });

  test('an inactive item cannot be sold', async () => {
    const reply = await netsuite.call('POST', '/record/v1/salesOrder', {
      entity: seller.ref('Amazon US'),
      item: { items: [{ item: seller.ref('SKU-OLD'), amount: 1 }] },
    });
    expect(errorOf(reply)).toMatchObject({ status: 400, code: 'INVALID_CONTENT', path: 'item.items[0].item' });
  });

  test('a missing customer is asked for by its label, a record without lines is refused', async () => {
    expect(errorOf(await netsuite.call('POST', '/record/v1/salesOrder', { item: { items: [] } })).detail).toBe(
      'Error while accessing a resource. Please enter value(s) for: Customer.',
    );
    expect(
      errorOf(await netsuite.call('POST', '/record/v1/salesOrder', { entity: seller.ref('Amazon US') })).detail,
    ).toBe('Error while accessing a resource. You must enter at least one line item for this transaction.');
  });

  test("the form's mandatory fields are asked for one at a time, by label, and a transform takes over what the order has", async () => {
    const own = await openAccount({
      switches: {
        mandatory: {
          invoice: [
            { field: 'custbody_order_type', label: 'Order Type' },
            { field: 'custbody_required_by', label: 'Required By Date' },
          ],
        },
      },
    });
    const shop = await sellerOf(own);
    const order = await shop.order([{ item: shop.ref('AMZ-SHIPPING'), amount: 5 }], {
      custbody_required_by: '2026-10-30',
    });
    const bill = (more: object): ReturnType<BareAccount['call']> =>
      own.call('POST', `/record/v1/salesOrder/${order}/!transform/invoice`, { tranDate: '2026-10-21', ...more });
    expect(errorOf(await bill({}))).toMatchObject({
      status: 400,
      code: 'USER_ERROR',
      detail: 'Error while accessing a resource. Please enter value(s) for: Order Type.',
    });
    expect((await bill({ custbody_order_type: 'EDI' })).status).toBe(204);
    const bare = await shop.order([{ item: shop.ref('AMZ-SHIPPING'), amount: 5 }]);
    const second = await own.call('POST', `/record/v1/salesOrder/${bare}/!transform/invoice`, {
      tranDate: '2026-10-21',
      custbody_order_type: 'EDI',
    });
    expect(errorOf(second).detail).toBe(
      'Error while accessing a resource. Please enter value(s) for: Required By Date.',
    );
    await own.close();
  });
});

describe('PATCH', () => {
  test('a line with its key is updated, one without is added, replace makes the body the whole list', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 10), seller.goods('SKU-B', 1, 20)]);
    const [first, second] = await seller.lineIds(order);
    await netsuite.call('PATCH', `/record/v1/salesOrder/${order}`, {
      item: { items: [{ line: first, isClosed: true }, seller.goods('SKU-A', 1, 5)] },
    });
    const rows = await netsuite.query(
      "SELECT id, isclosed, foreignamount FROM transactionline WHERE transaction = ? AND mainline = 'F' ORDER BY id",
      [order],
    );
    expect(rows.map(({ isclosed, foreignamount }) => [isclosed, foreignamount])).toEqual([
      ['T', '-10'],
      ['F', '-20'],
      ['F', '-5'],
    ]);
    expect(rows.slice(0, 2).map(({ id }) => Number(id))).toEqual([first, second]);
    await netsuite.call('PATCH', `/record/v1/salesOrder/${order}?replace=item`, {
      item: { items: [seller.goods('SKU-B', 1, 7)] },
    });
    expect(await seller.field(order, 'foreigntotal')).toBe('7');
    expect(
      errorOf(await netsuite.call('PATCH', `/record/v1/salesOrder/${order}`, { item: { items: null } })).status,
    ).toBe(400);
  });

  test('an order whose lines are all closed is Closed, and nothing can be billed from it', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 0)]);
    const [line] = await seller.lineIds(order);
    await netsuite.call('PATCH', `/record/v1/salesOrder/${order}`, { item: { items: [{ line, isClosed: true }] } });
    expect(await seller.field(order, 'status')).toBe('H');
    expect(errorOf(await netsuite.call('POST', `/record/v1/salesOrder/${order}/!transform/invoice`, {})).detail).toBe(
      'Error while accessing a resource. You must enter at least one line item for this transaction.',
    );
  });

  test('a refused change leaves the record as it was', async () => {
    const journal = await netsuite.create('journalEntry', {
      subsidiary: { id: '1' },
      tranDate: '2026-10-20',
      line: {
        items: [
          { account: seller.ref('6110'), debit: 5 },
          { account: seller.ref('1190'), credit: 5 },
        ],
      },
    });
    const reply = await netsuite.call('PATCH', `/record/v1/journalEntry/${journal}`, {
      line: { items: [{ line: 0, debit: 6 }] },
    });
    expect(errorOf(reply).detail).toBe(
      'Error while accessing a resource. The amounts in a journal entry must balance.',
    );
    expect(
      await netsuite.query('SELECT foreignamount FROM transactionline WHERE transaction = ? ORDER BY id', [journal]),
    ).toEqual([{ foreignamount: '5' }, { foreignamount: '-5' }]);
  });
});
