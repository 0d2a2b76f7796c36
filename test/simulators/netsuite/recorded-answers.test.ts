/**
 * What was recorded from real accounts, held against the simulator with bare HTTP. Unless another source is named: the
 * cassettes of github.com/hotgluexyz/target-netsuite-v2, `__smoke-tests__/…/fixtures/vcr.yaml`, one OneWorld account, 2025.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { sellerOf, type Seller } from './order-documents.ts';

const STRICT = { 'X-NetSuite-PropertyNameValidation': 'error' };
let netsuite: BareAccount;
let seller: Seller;

beforeAll(async () => {
  netsuite = await openAccount();
  seller = await sellerOf(netsuite);
});
afterAll(() => netsuite.close());

const journal = (
  debit: number,
  credit: number,
  more: Body = {},
  headers: Record<string, string> = {},
): Promise<Reply> =>
  netsuite.call(
    'POST',
    '/record/v1/journalEntry',
    {
      subsidiary: { id: '1' },
      currency: { id: '1' },
      exchangeRate: 1.0,
      tranDate: '2026-10-31T00:00:00+00:00',
      line: {
        items: [
          {
            account: seller.ref('6110'),
            debit,
            location: seller.ref('FBA US'),
            class: { id: '71' },
            department: { id: '41' },
          },
          { account: seller.ref('1190'), credit },
        ],
      },
      ...more,
    },
    headers,
  );

describe('refusals', () => {
  test('a journal that does not balance: the whole answer as recorded in create_invalid_journal_entry_amount_test', async () => {
    const reply = await journal(13, 15);
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1',
        title: 'Bad Request',
        status: 400,
        'o:errorDetails': [
          {
            detail: 'Error while accessing a resource. The amounts in a journal entry must balance.',
            'o:errorCode': 'USER_ERROR',
          },
        ],
      },
    ]);
  });

  test('an invoice without lines: the whole answer as recorded in create_invalid_invoice_test', async () => {
    const reply = await netsuite.call('POST', '/record/v1/invoice', {
      entity: seller.ref('Amazon US'),
      currency: { id: '1' },
      tranDate: '2026-10-31T00:00:00+00:00',
    });
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1',
        title: 'Bad Request',
        status: 400,
        'o:errorDetails': [
          {
            detail: 'Error while accessing a resource. You must enter at least one line item for this transaction.',
            'o:errorCode': 'USER_ERROR',
          },
        ],
      },
    ]);
  });

  // A playbook for an EDI connector (2026): 'transform selects 0 lines → "You must enter at least one line item for this transaction."'
  test('a transform that selects no line says the same', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 10)]);
    const [line] = await seller.lineIds(order);
    const reply = await netsuite.call('POST', `/record/v1/salesOrder/${order}/!transform/itemFulfillment`, {
      shipStatus: { id: 'C' },
      item: { items: [{ orderLine: line, itemReceive: false }] },
    });
    expect(errorOf(reply).detail).toBe(
      'Error while accessing a resource. You must enter at least one line item for this transaction.',
    );
  });

  // Fyle's test against a real account (test_create_bill, `spent_at` 2012): 'The transaction date you specified is not within the date range of
  // your accounting period.'; Expensify documents the same sentence as NS0079, with the export to the next open period as its answer.
  test.each([
    ['outside the period that is sent', '2026-10-31', 'Nov 2026'],
    ['in a closed period', '2026-08-15', 'Aug 2026'],
    ['in a locked period', '2026-09-15', 'Sep 2026'],
  ])('a date %s', async (_name, tranDate, name) => {
    const [period] = await netsuite.query('SELECT id FROM accountingperiod WHERE periodname = ?', [name]);
    const reply = await journal(5, 5, { tranDate, postingPeriod: period?.['id'] });
    expect(errorOf(reply)).toMatchObject({
      status: 400,
      code: 'USER_ERROR',
      detail:
        'Error while accessing a resource. The transaction date you specified is not within the date range of your accounting period.',
    });
  });

  // A sandbox playbook (2026): "every list/search/query call returns `400 USER_ERROR "Your current role does not have permission to perform this action"`".
  test('a role that lacks a permission', async () => {
    await netsuite.admin('POST', '/faults', { kind: 'no-permission', match: { path: 'suiteql' } });
    const reply = await netsuite.call(
      'POST',
      '/query/v1/suiteql',
      { q: 'SELECT id FROM item' },
      { prefer: 'transient' },
    );
    expect(errorOf(reply)).toEqual({
      status: 400,
      code: 'USER_ERROR',
      detail: 'Your current role does not have permission to perform this action.',
      path: undefined,
    });
  });

  // A sandbox probe of August 2026: "`{ id }` is rejected INVALID_VALUE — "Invalid value for the resource or sub-resource field 'subsidiary'"".
  test("a value of another form than the field's", async () => {
    const reply = await journal(5, 5, { subsidiary: { items: [{ id: '1' }] } });
    expect(errorOf(reply)).toEqual({
      status: 400,
      code: 'INVALID_VALUE',
      detail: "Invalid value for the resource or sub-resource field 'subsidiary'. Provide a valid value.",
      path: 'subsidiary',
    });
  });
});

describe("a journal's head", () => {
  const dimensions = (): Body => ({ location: seller.ref('FBA US'), class: { id: '71' }, department: { id: '41' } });

  test('has no class, department and location: three lines of X-NetSuite-PropertyValidation, as in create_journal_entry_2_test', async () => {
    const reply = await journal(15, 15, dimensions());
    expect(reply.status).toBe(204);
    expect(reply.headers.get('x-netsuite-propertyvalidation')).toBe(
      [
        'Unknown field name class. The field does not exist on this record instance.',
        'Unknown field name department. The field does not exist on this record instance.',
        'Unknown field name location. The field does not exist on this record instance.',
      ].join(', '),
    );
    const [posted] = await netsuite.query(
      'SELECT department, class, location FROM transactionline WHERE transaction = ? AND id = 0',
      [reply.id],
    );
    expect(posted).toEqual({ department: '41', class: '71', location: seller.ref('FBA US').id });
    expect((await netsuite.call('GET', `/record/v1/journalEntry/${reply.id}`)).body).not.toHaveProperty('class');
  });

  // NSHELP section_156570709583: with `error`, an unknown property name is refused.
  test('is refused with them where names are checked', async () => {
    const reply = await journal(15, 15, dimensions(), STRICT);
    expect([reply.status, (reply.body['o:errorDetails'] as Body[]).map((detail) => detail['o:errorPath'])]).toEqual([
      400,
      ['location', 'class', 'department'],
    ]);
  });

  test('takes a posting period without an object around it and a date with a time, as in create_journal_entry_2_test', async () => {
    const [period] = await netsuite.query("SELECT id FROM accountingperiod WHERE periodname = 'Oct 2026'");
    expect((await journal(15, 15, { postingPeriod: period?.['id'] })).status).toBe(204);
  });
});

test('Location is in lower case: ".../record/v1/journalentry/23449", ".../record/v1/customerpayment/23250"', async () => {
  const reply = await journal(1, 1);
  expect(reply.headers.get('location')).toBe(
    `${netsuite.simulator.url}/services/rest/record/v1/journalentry/${reply.id}`,
  );
  const invoice = await seller.invoice(5);
  const payment = await netsuite.call('POST', '/record/v1/customerPayment', {
    customer: seller.ref('Amazon US').id,
    account: seller.ref('1000'),
    tranDate: '2026-10-31T00:00:00',
    apply: { items: [{ doc: { id: invoice }, apply: true, amount: 5 }] },
  });
  expect(payment.headers.get('location')).toBe(
    `${netsuite.simulator.url}/services/rest/record/v1/customerpayment/${payment.id}`,
  );
  expect(await netsuite.query('SELECT BUILTIN.DF(status) status FROM transaction WHERE id = ?', [payment.id])).toEqual([
    { status: 'Payment : Deposited' },
  ]);
});

test('PATCH answers with a Location, and says that internalId is no field (update_invoice_test)', async () => {
  const invoice = await seller.invoice(5);
  const reply = await netsuite.call('PATCH', `/record/v1/invoice/${invoice}`, { internalId: invoice, memo: 'x' });
  expect([reply.status, reply.id, reply.headers.get('x-netsuite-propertyvalidation')]).toEqual([
    204,
    invoice,
    'Unknown field name internalId. The field does not exist on this record instance.',
  ]);
});

// Notes of a client against a real account: `createdDate`, `lastModifiedDate` like `2020-07-29T08:34:00Z`.
test('createdDate and lastModifiedDate are instants without milliseconds, and a change moves the second', async () => {
  let now = Date.parse('2026-11-20T12:00:00.123Z');
  const own = await openAccount({ clock: { now: () => now, real: Date.now } });
  const shop = await sellerOf(own);
  const invoice = await shop.invoice(5);
  expect((await own.call('GET', `/record/v1/invoice/${invoice}`)).body).toMatchObject({
    createdDate: '2026-11-20T12:00:00Z',
    lastModifiedDate: '2026-11-20T12:00:00Z',
  });
  now = Date.parse('2026-11-21T08:34:00.999Z');
  await own.call('PATCH', `/record/v1/invoice/${invoice}`, { memo: 'touched' });
  expect((await own.call('GET', `/record/v1/invoice/${invoice}`)).body).toMatchObject({
    createdDate: '2026-11-20T12:00:00Z',
    lastModifiedDate: '2026-11-21T08:34:00Z',
  });
  expect(
    await own.query(
      "SELECT TO_CHAR(createddate, 'YYYY-MM-DD') made, TO_CHAR(lastmodifieddate, 'YYYY-MM-DD') changed FROM transaction WHERE id = ?",
      [invoice],
    ),
  ).toEqual([{ made: '2026-11-20', changed: '2026-11-21' }]);
  await own.close();
});

// wp.jjknowledgebase.com, updating-item-rate-in-item-receipt-records-in-closed-period: "By standard, it is not possible to edit nor delete a
// transaction that has GL impact in NetSuite once its corresponding accounting period is closed."
test('what has posted into a period that is closed since can neither be deleted nor moved out of it; an order can', async () => {
  const own = await openAccount();
  const shop = await sellerOf(own);
  const invoice = await shop.invoice(5);
  const order = await shop.order([shop.goods('SKU-A', 1, 10)]);
  await own.admin('POST', '/admin/periods', { month: '2026-10', closed: true });
  for (const reply of [
    await own.call('DELETE', `/record/v1/invoice/${invoice}`),
    await own.call('PATCH', `/record/v1/invoice/${invoice}`, { tranDate: '2026-11-02' }),
  ]) {
    expect(errorOf(reply)).toMatchObject({
      status: 400,
      code: 'USER_ERROR',
      detail: expect.stringContaining('not within the date range of your accounting period'),
    });
  }
  expect(await shop.field(invoice, 'foreigntotal')).toBe('5');
  expect((await own.call('DELETE', `/record/v1/salesOrder/${order}`)).status).toBe(204);
  await own.admin('POST', '/admin/periods', { month: '2026-10', closed: false });
  expect((await own.call('DELETE', `/record/v1/invoice/${invoice}`)).status).toBe(204);
  await own.close();
});
