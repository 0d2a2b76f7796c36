/** Queries that ran in real accounts, and how those refuse, with bare HTTP. The sources stand at each test. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Reply } from './bare-account.ts';
import { sellerOf, type Seller } from './order-documents.ts';

let netsuite: BareAccount;
let seller: Seller;
let order: string;
let invoice: string;

beforeAll(async () => {
  netsuite = await openAccount();
  seller = await sellerOf(netsuite);
  order = await seller.order([seller.goods('SKU-A', 2, 100)]);
  invoice = await seller.invoice(40, { tranDate: '2026-10-25' });
});
afterAll(() => netsuite.close());

const ask = (q: string): Promise<Reply> => netsuite.call('POST', '/query/v1/suiteql', { q }, { prefer: 'transient' });

describe('queries of hotgluexyz/target-netsuite-v2', () => {
  test('accounts by acctname', async () => {
    const rows = await netsuite.query(
      'SELECT account.id as internalId, account.acctName as name, account.acctNumber as number, account.externalId FROM account',
    );
    expect(rows).toContainEqual({ internalid: seller.ref('1190').id, name: 'Payouts in transit', number: '1190' });
  });

  // The recording has lists of ids, "1, 2, 3, 4, 5"; here there is one subsidiary.
  test.each([
    ['location', 'FBA US'],
    ['department', 'Marketplaces'],
    ['classification', 'Amazon'],
  ])('%s with its subsidiary', async (table, name) => {
    const rows = await netsuite.query(
      `SELECT ${table}.id as internalId, ${table}.name, ${table}.externalId, ${table}.subsidiary as subsidiaryId FROM ${table}`,
    );
    expect(rows).toContainEqual({ internalid: expect.stringMatching(/^\d+$/), name, subsidiaryid: '1' });
  });

  test('vendors with their subsidiary', async () => {
    expect(
      await netsuite.query(
        "SELECT vendor.id as internalId, vendor.companyName as name, vendor.subsidiary as subsidiaryId FROM vendor WHERE entityId IN ('Amazon Services')",
      ),
    ).toEqual([{ internalid: seller.ref('Amazon Services').id, name: 'Amazon Services', subsidiaryid: '1' }]);
  });

  test('transactions with subsidiary, account and lastmodifieddate', async () => {
    expect(
      await netsuite.query('SELECT t.subsidiary, t.account, t.lastmodifieddate FROM transaction t WHERE t.id = ?', [
        invoice,
      ]),
    ).toEqual([{ subsidiary: '1', account: seller.ref('1100').id, lastmodifieddate: '11/20/2026' }]);
  });

  test('the answer says that the preference was applied', async () => {
    expect((await ask('SELECT id FROM subsidiary')).headers.get('preference-applied')).toBe('transient');
  });
});

describe('orders in transactionaccountingline', () => {
  // A public bookkeeping playbook (2026): rows for orders, with posting F, under an income account.
  test("have rows with posting F, so that a query without posting = 'T' counts a sale that nothing has posted", async () => {
    const [row] = await netsuite.query(
      'SELECT tal.posting, a.acctnumber, tal.amount, tal.credit FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE tal.transaction = ?',
      [order],
    );
    expect(row).toEqual({ posting: 'F', acctnumber: '4000', amount: '-100', credit: '100' });
    const balance = async (where: string): Promise<string | undefined> =>
      (
        await netsuite.query(
          `SELECT SUM(tal.amount) total FROM transactionaccountingline tal JOIN account a ON a.id = tal.account WHERE a.acctnumber = '4000'${where}`,
        )
      )[0]?.['total'];
    expect([await balance(''), await balance(" AND tal.posting = 'T'")]).toEqual(['-100', undefined]);
  });

  test('leave the ledger as it is', async () => {
    const { balances } = (await netsuite.admin('GET', '/admin/ledger')).body as { balances: { account: string }[] };
    expect(balances.map(({ account }) => account)).not.toContain('4000');
  });
});

describe('a status', () => {
  // `WHERE status = 'SalesOrd:B'`: how queries of real accounts name it (status in a filter is type and letter; shown it is the letter).
  test.each([
    "status = 'SalesOrd:B'",
    "status IN ('SalesOrd:B', 'SalesOrd:D')",
    "status = 'B' AND type = 'SalesOrd'",
    "status <> 'SalesOrd:G' AND type = 'SalesOrd'",
  ])('WHERE %s finds the order and shows the letter', async (where) => {
    expect(await netsuite.query(`SELECT id, status FROM transaction WHERE ${where}`)).toEqual([
      { id: order, status: 'B' },
    ]);
  });

  test('of another type does not fit', async () => {
    expect(
      await netsuite.query("SELECT id FROM transaction WHERE status = 'CustInvc:B' AND type = 'SalesOrd'"),
    ).toEqual([]);
  });
});

describe('a date against text', () => {
  // Oracle converts the text by the session's date format, which for SuiteQL is the user's; the ISO form is an assumption.
  test.each([
    "trandate = '10/25/2026'",
    "trandate = '2026-10-25'",
    "trandate BETWEEN '10/21/2026' AND '10/31/2026'",
    "trandate IN ('10/25/2026')",
    "trandate > '10/20/2026'",
  ])('WHERE %s', async (where) => {
    expect(await netsuite.query(`SELECT id FROM transaction WHERE ${where}`)).toEqual([{ id: invoice }]);
  });
});

describe('an instant', () => {
  // Public integrations poll with `t.lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')` and read it back by TO_CHAR of the same format.
  const FORMAT = "'YYYY-MM-DD HH24:MI:SS'";
  const changedFrom = (text: string) =>
    netsuite.query(`SELECT id FROM transaction WHERE id = ? AND lastmodifieddate >= TO_DATE(?, ${FORMAT})`, [
      invoice,
      text,
    ]);

  test('has a time, which TO_CHAR shows and a condition asks for', async () => {
    const [row] = await netsuite.query(
      `SELECT TO_CHAR(lastmodifieddate, ${FORMAT}) AS modified, TO_CHAR(trandate, ${FORMAT}) AS day FROM transaction WHERE id = ?`,
      [invoice],
    );
    expect(row).toEqual({ modified: '2026-11-20 12:00:00', day: '2026-10-25 00:00:00' });
    expect(await changedFrom('2026-11-20 12:00:00')).toEqual([{ id: invoice }]);
    expect(await changedFrom('2026-11-20 12:00:01')).toEqual([]);
  });

  test('is a day by TRUNC', async () => {
    expect(
      await netsuite.query("SELECT id FROM transaction WHERE id = ? AND TRUNC(lastmodifieddate) = '2026-11-20'", [
        invoice,
      ]),
    ).toEqual([{ id: invoice }]);
  });
});

// Public queries of consolidation: `FROM Subsidiary s JOIN Currency c ON c.id = s.currency`.
test('a subsidiary has its currency', async () => {
  expect(
    await netsuite.query('SELECT s.name, c.symbol FROM subsidiary s JOIN currency c ON c.id = s.currency'),
  ).toEqual([{ name: 'Example Inc', symbol: 'USD' }]);
});

// README and test of julbrs/netsuite-api-client: `where rownum <= 30`.
test('ROWNUM takes so many rows before they are sorted', async () => {
  expect(await netsuite.query('SELECT id FROM transaction WHERE rownum <= 2 ORDER BY id DESC')).toEqual([
    { id: order },
    { id: '1001' },
  ]);
  expect(await netsuite.query('SELECT COUNT(*) n FROM item WHERE ROWNUM < 3')).toEqual([{ n: '2' }]);
});

describe('refusals', () => {
  test.each([
    // julbrs/netsuite-api-client, its test against a real account, verbatim.
    [
      'select not_existing_field from customer',
      "Unknown identifier 'not_existing_field'. Available identifiers are: {customer=customer}",
    ],
    // A sandbox probe of 2026: the alias in lower case, the table as it was written.
    ['SELECT "ID2" FROM Customer', "Unknown identifier 'ID2'. Available identifiers are: {customer=Customer}"],
    ['SELECT x.id FROM transaction t', "Unknown identifier 'x'. Available identifiers are: {t=transaction}"],
    // The same probe: names that are no tables of the account.
    ['SELECT id FROM itemCustomField', 'Invalid search type: itemCustomField'],
  ])('%s', async (q, text) => {
    const reply = await ask(q);
    expect(errorOf(reply)).toMatchObject({
      status: 400,
      code: 'INVALID_PARAMETER',
      detail: `Invalid search query. Detailed unprocessed description follows. Search error occurred: ${text}`,
    });
    expect(reply.body['o:errorDetails']).toMatchObject([{ 'o:errorQueryParam': 'q' }]);
  });
});
