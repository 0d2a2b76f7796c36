import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Body, type Reply } from './bare-account.ts';
import { balanceOf, sellerOf, stockOf, type Seller } from './order-documents.ts';

const REFUSED = 'Error while accessing a resource. ';
let netsuite: BareAccount;
let seller: Seller;

beforeAll(async () => {
  netsuite = await openAccount();
  seller = await sellerOf(netsuite);
});
afterAll(() => netsuite.close());

const journal = (lines: Body[], more: Body = {}): Promise<Reply> =>
  netsuite.call('POST', '/record/v1/journalEntry', {
    subsidiary: { id: '1' },
    tranDate: '2026-10-31',
    line: { items: lines },
    ...more,
  });
const debit = (account: string, amount: number, more: Body = {}): Body => ({
  account: seller.ref(account),
  debit: amount,
  ...more,
});
const credit = (account: string, amount: number, more: Body = {}): Body => ({
  account: seller.ref(account),
  credit: amount,
  ...more,
});
const period = async (name: string): Promise<string> =>
  (await netsuite.query('SELECT id FROM accountingperiod WHERE periodname = ?', [name]))[0]?.['id'] ?? '';

describe('a journal', () => {
  test('posts what its lines say, debit positive', async () => {
    const reply = await journal([debit('6110', 0.1), debit('6120', 0.2), credit('1190', 0.3)], {
      externalId: 'JE_1',
      memo: 'JE 1',
    });
    const rows = await netsuite.query(
      'SELECT a.acctnumber, tl.foreignamount, tal.debit, tal.credit FROM transactionline tl JOIN account a ON a.id = tl.expenseaccount JOIN transactionaccountingline tal ON tal.transaction = tl.transaction AND tal.transactionline = tl.id WHERE tl.transaction = ? ORDER BY tl.id',
      [reply.id],
    );
    expect(rows).toEqual([
      { acctnumber: '6110', foreignamount: '0.1', debit: '0.1' },
      { acctnumber: '6120', foreignamount: '0.2', debit: '0.2' },
      { acctnumber: '1190', foreignamount: '-0.3', credit: '0.3' },
    ]);
  });

  test('that does not balance is refused', async () => {
    expect(errorOf(await journal([debit('6110', 5), credit('1190', 5.01)]))).toEqual({
      status: 400,
      code: 'USER_ERROR',
      detail: `${REFUSED}The amounts in a journal entry must balance.`,
      path: undefined,
    });
  });

  test.each([
    ['both', { debit: 5, credit: 5 }],
    ['neither', {}],
  ])('with %s of debit and credit on a line is refused', async (_name, sides) => {
    expect(
      errorOf(await journal([{ account: seller.ref('6110'), ...sides }, debit('6110', 1), credit('1190', 1)])).status,
    ).toBe(400);
  });

  test('may have 200 lines and no more', async () => {
    const lines = [...Array.from({ length: 199 }, () => debit('6110', 1)), credit('1190', 199)];
    expect((await journal(lines)).status).toBe(204);
    expect(errorOf(await journal([...lines, debit('6110', 1)])).detail).toBe(
      `${REFUSED}Journal Entries can have a maximum of 200 lines.`,
    );
  });

  test('names its subsidiary', async () => {
    expect(errorOf(await journal([debit('6110', 1), credit('1190', 1)], { subsidiary: null })).detail).toBe(
      `${REFUSED}Please enter value(s) for: Subsidiary.`,
    );
  });

  test('cannot use an inactive account, nor one of another currency', async () => {
    expect(errorOf(await journal([debit('6999', 1), credit('1190', 1)]))).toMatchObject({
      code: 'INVALID_CONTENT',
      path: 'line.items[0].account',
    });
    expect(errorOf(await journal([debit('6110', 1), credit('1180', 1)], { currency: { id: '2' } }))).toMatchObject({
      code: 'INVALID_CONTENT',
      path: 'line.items[1].account',
    });
  });

  test('needs a name on a line of an A/R account', async () => {
    expect(errorOf(await journal([debit('1100', 1), credit('1190', 1)])).detail).toBe(
      `${REFUSED}Please enter value(s) for: Name.`,
    );
    expect(
      (
        await journal([
          debit('1100', 1, { entity: seller.ref('Amazon US') }),
          credit('1100', 1, { entity: seller.ref('Amazon US') }),
        ])
      ).status,
    ).toBe(204);
  });

  test("has amounts of the currency's digits only", async () => {
    expect(errorOf(await journal([debit('6110', 1.005), credit('1190', 1.005)]))).toMatchObject({
      code: 'INVALID_CONTENT',
      path: 'line.items[0].debit',
    });
  });

  test('may have to name departments or classes on all of its lines', async () => {
    await netsuite.admin('POST', '/admin/switches', { journalLineNeeds: ['department', 'class'] });
    expect(errorOf(await journal([debit('6110', 1, { department: { id: '41' } }), credit('1190', 1)])).detail).toBe(
      `${REFUSED}Department, Class are mandatory on all lines of the journal entry.`,
    );
    await netsuite.admin('POST', '/admin/switches', { journalLineNeeds: [] });
  });

  test('that waits for approval posts nothing until it is approved', async () => {
    const own = await openAccount({ switches: { journalApproval: true } });
    const shop = await sellerOf(own);
    const id = await own.create('journalEntry', {
      subsidiary: { id: '1' },
      tranDate: '2026-10-31',
      line: {
        items: [
          { account: shop.ref('6110'), debit: 4 },
          { account: shop.ref('1190'), credit: 4 },
        ],
      },
    });
    expect([await shop.field(id, 'posting'), await balanceOf(own, '6110')]).toEqual(['F', '0']);
    await own.call('PATCH', `/record/v1/journalEntry/${id}`, { approved: true });
    expect([await shop.field(id, 'posting'), await balanceOf(own, '6110')]).toEqual(['T', '4']);
    await own.close();
  });
});

describe('periods', () => {
  const lines = (): Body[] => [debit('6110', 1), credit('1190', 1)];

  test('a date outside all periods is refused', async () => {
    expect(errorOf(await journal(lines(), { tranDate: '2027-03-01' })).detail).toBe(
      `${REFUSED}There are no Accounting Periods that cover this transaction date.`,
    );
  });

  test('a date outside the period that is given is refused', async () => {
    const detail = 'The transaction date you specified is not within the date range of your accounting period.';
    expect(errorOf(await journal(lines(), { postingPeriod: { id: await period('Nov 2026') } })).detail).toBe(
      `${REFUSED}${detail}`,
    );
    const reply = await journal(lines(), { postingPeriod: { id: await period('Oct 2026') } });
    expect(
      await netsuite.query('SELECT BUILTIN.DF(postingperiod) period FROM transaction WHERE id = ?', [reply.id]),
    ).toEqual([{ period: 'Oct 2026' }]);
  });

  test('a quarter is no period to post in', async () => {
    expect(errorOf(await journal(lines(), { postingPeriod: { id: await period('Q4 2026') } }))).toMatchObject({
      code: 'INVALID_CONTENT',
      path: 'postingPeriod',
    });
  });

  test.each([
    ['closed', '2026-08-15'],
    ['locked', '2026-09-15'],
  ])('a posting into a %s period, on %s, is refused', async (_state, tranDate) => {
    expect(errorOf(await journal(lines(), { tranDate }))).toMatchObject({
      status: 400,
      code: 'USER_ERROR',
      detail: `${REFUSED}The transaction date you specified is not within the date range of your accounting period.`,
    });
  });

  test('a movement of stock in a closed period is refused in its own words', async () => {
    const order = await seller.order([seller.goods('SKU-A', 1, 10)], { tranDate: '2026-08-15' });
    const reply = await netsuite.call('POST', `/record/v1/salesOrder/${order}/!transform/itemFulfillment`, {
      tranDate: '2026-08-15',
      shipStatus: { id: 'C' },
    });
    expect(errorOf(reply).detail).toBe(
      `${REFUSED}The transaction date is not within an open accounting period. One or more fields on this transaction can trigger inventory costing calculations in a closed period.`,
    );
  });

  test('an A/R lock stops invoices and payments, not journals', async () => {
    const own = await openAccount();
    const shop = await sellerOf(own);
    const open = await shop.invoice(5);
    await own.admin('POST', '/admin/periods', { month: '2026-10', arLocked: true });
    await expect(shop.invoice(5)).rejects.toThrow(/not within the date range of your accounting period/);
    await expect(
      own.create('customerPayment', {
        customer: shop.ref('Amazon US'),
        account: shop.ref('1180'),
        undepFunds: { id: 'F' },
        autoApply: false,
        tranDate: '2026-10-31',
        apply: { items: [{ doc: { id: open } }] },
      }),
    ).rejects.toThrow(/not within the date range of your accounting period/);
    await own.create('journalEntry', {
      subsidiary: { id: '1' },
      tranDate: '2026-10-31',
      line: {
        items: [
          { account: shop.ref('6110'), debit: 4 },
          { account: shop.ref('1190'), credit: 4 },
        ],
      },
    });
    expect(await own.query("SELECT arlocked, closed FROM accountingperiod WHERE periodname = 'Oct 2026'")).toEqual([
      { arlocked: 'T', closed: 'F' },
    ]);
    await own.close();
  });
});

describe('deposit, check and credit card charge', () => {
  const deposit = (lines: Body[], account = '1000'): Promise<Reply> =>
    netsuite.call('POST', '/record/v1/deposit', {
      account: seller.ref(account),
      tranDate: '2026-11-02',
      tranId: 'TRACE-9',
      other: { items: lines },
    });

  test('a deposit debits the bank and keeps the number that it was given', async () => {
    const reply = await deposit([{ account: seller.ref('1190'), amount: 20.02 }]);
    expect(
      await netsuite.query(
        'SELECT t.tranid, t.foreigntotal, a.acctnumber, tl.foreignamount FROM transaction t JOIN transactionline tl ON tl.transaction = t.id JOIN account a ON a.id = tl.expenseaccount WHERE t.id = ? ORDER BY tl.id',
        [reply.id],
      ),
    ).toEqual([
      { tranid: 'TRACE-9', foreigntotal: '20.02', acctnumber: '1000', foreignamount: '20.02' },
      { tranid: 'TRACE-9', foreigntotal: '20.02', acctnumber: '1190', foreignamount: '-20.02' },
    ]);
  });

  test.each([0, -5])('a deposit line of %d is refused', async (amount) => {
    expect(errorOf(await deposit([{ account: seller.ref('1190'), amount }])).status).toBe(400);
  });

  test('a deposit into an account that is no bank is refused', async () => {
    expect(errorOf(await deposit([{ account: seller.ref('1190'), amount: 5 }], '1185'))).toMatchObject({
      code: 'INVALID_CONTENT',
      path: 'account',
    });
  });

  test.each([
    ['check', '1000', '2000'],
    ['creditCardCharge', '2000', '1000'],
  ])('a %s leaves the account %s and not %s', async (record, account, wrong) => {
    const charge = (from: string): Promise<Reply> =>
      netsuite.call('POST', `/record/v1/${record}`, {
        account: seller.ref(from),
        entity: seller.ref('Amazon Services'),
        tranDate: '2026-11-05',
        expense: { items: [{ account: seller.ref('2110'), amount: 62.31, memo: 'charge' }] },
      });
    const reply = await charge(account);
    expect(
      await netsuite.query(
        'SELECT BUILTIN.DF(expenseaccount) account, foreignamount FROM transactionline WHERE transaction = ? ORDER BY id',
        [reply.id],
      ),
    ).toEqual([
      { account: record === 'check' ? '1000 Bank' : '2000 Card', foreignamount: '-62.31' },
      { account: '2110 Amazon charges', foreignamount: '62.31' },
    ]);
    expect(errorOf(await charge(wrong))).toMatchObject({ code: 'INVALID_CONTENT', path: 'account' });
  });
});

test('a stock adjustment moves quantity and value at average cost', async () => {
  const own = await openAccount();
  const shop = await sellerOf(own);
  let day = 10; // one day each: of one day, increases would come first
  const adjust = (line: Body): Promise<string> =>
    own.create('inventoryAdjustment', {
      subsidiary: { id: '1' },
      account: shop.ref('6300'),
      adjLocation: shop.ref('FBA US'),
      tranDate: `2026-11-${day++}`,
      inventory: { items: [{ item: shop.ref('SKU-B'), location: shop.ref('FBA US'), ...line }] },
    });
  await adjust({ adjustQtyBy: -1 });
  expect([await balanceOf(own, '6300'), await stockOf(own, 'SKU-B')]).toEqual(['9', '99']);
  await adjust({ adjustQtyBy: 1, unitCost: 109 });
  expect([await balanceOf(own, '6300'), await stockOf(own, 'SKU-B')]).toEqual(['-100', '100']);
  await adjust({ adjustQtyBy: -10 }); // 99 × 9.00 + 109.00 = 1,000.00 over 100 units
  expect(await balanceOf(own, '6300')).toBe('0');
  await own.close();
});

test('every transaction in the ledger balances', async () => {
  const sums = await netsuite.query(
    "SELECT t.id, SUM(tal.amount) total FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction WHERE t.posting = 'T' GROUP BY t.id",
  );
  expect(sums).toHaveLength(8); // opening stock, four journals, a deposit, a check, a charge
  expect(sums.filter(({ total }) => total !== '0')).toEqual([]);
});
