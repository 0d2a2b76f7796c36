import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Reply } from './bare-account.ts';
import { sellerOf, type Seller } from './order-documents.ts';

let netsuite: BareAccount;
let seller: Seller;
const orders: string[] = [];

beforeAll(async () => {
  netsuite = await openAccount({
    switches: { autoApply: false },
    customFields: ['custbody_channel', 'custcol_order_item'],
  });
  seller = await sellerOf(netsuite);
  orders.push(
    await seller.order([seller.goods('SKU-A', 2, 80), seller.goods('SKU-B', 1, 25)], {
      externalId: 'SQL_SO_1',
      memo: 'SO 1 first',
      otherRefNum: '111-1',
      custbody_channel: 'amazon',
    }),
  );
  orders.push(
    await seller.order([{ ...seller.goods('SKU-A', 1, 40), custcol_order_item: 'i-7' }], {
      externalId: 'SQL_SO_2',
      tranDate: '2026-11-02',
      memo: 'SO 2 second',
    }),
  );
  await seller.invoice(12.3, { externalId: 'SQL_INV_1', memo: 'INV 1' });
});
afterAll(() => netsuite.close());

const ask = (
  q: string,
  params?: unknown[],
  path = '',
  headers: Record<string, string> = { prefer: 'transient' },
): Promise<Reply> => netsuite.call('POST', `/query/v1/suiteql${path}`, { q, params }, headers);

describe('the envelope', () => {
  test('values are text, nulls are absent, each row has its links', async () => {
    const reply = await ask(
      'SELECT id, externalid, memo, otherrefnum, foreigntotal, posting FROM transaction WHERE externalid IN (?, ?) ORDER BY id',
      ['SQL_SO_1', 'SQL_SO_2'],
    );
    expect(reply.body).toEqual({
      links: [{ rel: 'self', href: expect.stringContaining('/query/v1/suiteql?limit=1000&offset=0') }],
      count: 2,
      hasMore: false,
      offset: 0,
      totalResults: 2,
      items: [
        {
          links: [],
          id: orders[0],
          externalid: 'SQL_SO_1',
          memo: 'SO 1 first',
          otherrefnum: '111-1',
          foreigntotal: '105',
          posting: 'F',
        },
        { links: [], id: orders[1], externalid: 'SQL_SO_2', memo: 'SO 2 second', foreigntotal: '40', posting: 'F' },
      ],
    });
  });

  test('Prefer: transient is required', async () => {
    expect(errorOf(await ask('SELECT id FROM item', [], '', {}))).toMatchObject({
      status: 400,
      code: 'INVALID_PARAMETER',
      detail: expect.stringContaining('Prefer'),
    });
  });

  test('pages say whether there is more; the offset is a multiple of the limit, and the limit at most 1000', async () => {
    expect((await ask('SELECT id FROM item ORDER BY id', [], '?limit=4&offset=0')).body).toMatchObject({
      count: 4,
      hasMore: true,
      totalResults: 6,
    });
    expect((await ask('SELECT id FROM item ORDER BY id', [], '?limit=4&offset=4')).body).toMatchObject({
      count: 2,
      hasMore: false,
      offset: 4,
    });
    expect(errorOf(await ask('SELECT id FROM item', [], '?limit=4&offset=2'))).toMatchObject({
      status: 400,
      code: 'INVALID_PARAMETER',
    });
    expect(errorOf(await ask('SELECT id FROM item', [], '?limit=1001'))).toMatchObject({
      status: 400,
      code: 'INVALID_PARAMETER',
    });
  });

  test('a page asked after something was posted knows of it', async () => {
    const q = "SELECT id FROM transaction WHERE type = 'CustCred' ORDER BY id";
    await seller.creditMemo(1);
    expect((await ask(q, [], '?limit=1&offset=0')).body).toMatchObject({ totalResults: 1, hasMore: false });
    const second = await seller.creditMemo(1);
    expect((await ask(q, [], '?limit=1&offset=1')).body).toMatchObject({ totalResults: 2, items: [{ id: second }] });
  });

  test.each([
    ['SELECT id FROM nosuchtable', 'Invalid search type: nosuchtable'],
    ['SELECT nosuch FROM item', "Unknown identifier 'nosuch'. Available identifiers are: {item=item}"],
    ['SELECT i.nosuch FROM item i', "Field 'nosuch' for record 'item' was not found."],
    ['SELECT id FROM item LIMIT 5', 'syntax error near: LIMIT'],
    ['SELECT id FROM item WHERE', 'syntax error near'],
    ['SELECT itemid FROM item WHERE id = ?', 'fewer params'],
    ['SELECT type, COUNT(*) FROM transaction', "'type' is not a GROUP BY expression"],
    ["SELECT id FROM transaction WHERE trandate >= 'in autumn'", "'in autumn' is compared with a date and is none"],
    ['SELECT MEDIAN(id) FROM item', 'the function MEDIAN'],
  ])('%s is refused by name', async (q, text) => {
    expect(errorOf(await ask(q))).toMatchObject({
      status: 400,
      code: 'INVALID_PARAMETER',
      detail: expect.stringContaining(
        `Invalid search query. Detailed unprocessed description follows. Search error occurred: `,
      ),
    });
    expect(errorOf(await ask(q)).detail).toContain(text);
  });
});

describe('what can be asked', () => {
  test.each<[string, (string | number)[], Record<string, string>[]]>([
    [
      'SELECT itemid FROM item WHERE itemid = ? OR upccode = ? ORDER BY itemid',
      ['SKU-B', '012345678905'],
      [{ itemid: 'SKU-A' }, { itemid: 'SKU-B' }],
    ],
    ["SELECT itemid FROM item WHERE isinactive = 'T' AND itemtype <> 'NonInvtPart'", [], [{ itemid: 'SKU-OLD' }]],
    [
      'SELECT COUNT(*) AS n, COUNT(upccode) AS u, COUNT(DISTINCT itemtype) AS t FROM item',
      [],
      [{ n: '6', u: '1', t: '2' }],
    ],
    [
      "SELECT UPPER(SUBSTR(displayname, 1, 4)) AS a, INSTR(itemid, '-') AS b, LOWER(itemid) || '!' AS c FROM item WHERE itemid LIKE 'SKU-_'  ORDER BY 3 DESC",
      [],
      [
        { a: 'ITEM', b: '4', c: 'sku-b!' },
        { a: 'ITEM', b: '4', c: 'sku-a!' },
      ],
    ],
    [
      "SELECT itemid FROM item WHERE upccode IS NULL AND NOT itemid LIKE 'AMZ%' ORDER BY itemid FETCH FIRST 1 ROWS ONLY",
      [],
      [{ itemid: 'SKU-B' }],
    ],
    [
      "SELECT NVL(upccode, 'none') AS upc FROM item WHERE itemid IN ('SKU-A', 'SKU-B') ORDER BY upc",
      [],
      [{ upc: '012345678905' }, { upc: 'none' }],
    ],
    [
      "SELECT periodname FROM accountingperiod WHERE isquarter = 'F' AND isyear = 'F' AND isposting = 'T' AND TO_DATE(?, 'YYYY-MM-DD') BETWEEN startdate AND enddate",
      ['2026-10-31'],
      [{ periodname: 'Oct 2026' }],
    ],
    [
      "SELECT periodname, closed, alllocked FROM accountingperiod WHERE closed = 'T' OR alllocked = 'T' ORDER BY startdate",
      [],
      [
        { periodname: 'Aug 2026', closed: 'T', alllocked: 'F' },
        { periodname: 'Sep 2026', closed: 'F', alllocked: 'T' },
      ],
    ],
    [
      "SELECT TO_CHAR(trandate, 'YYYY-MM-DD') AS d, trandate FROM transaction WHERE trandate > TO_DATE('2026-10-31', 'YYYY-MM-DD') AND type = 'SalesOrd'",
      [],
      [{ d: '2026-11-02', trandate: '11/2/2026' }],
    ],
    [
      "SELECT type, COUNT(*) n, SUM(foreigntotal) total FROM transaction WHERE memo LIKE 'SO %' OR memo LIKE 'INV %' GROUP BY type HAVING COUNT(*) >= 1 ORDER BY n DESC",
      [],
      [
        { type: 'SalesOrd', n: '2', total: '145' },
        { type: 'CustInvc', n: '1', total: '12.3' },
      ],
    ],
    [
      "SELECT BUILTIN.DF(t.currency) currency, MIN(t.id) first FROM transaction t WHERE t.externalid = 'SQL_INV_1' GROUP BY t.currency",
      [],
      [{ currency: 'USD', first: expect.any(String) as unknown as string }],
    ],
    [
      "SELECT CASE WHEN foreigntotal > 50 THEN 'big' ELSE 'small' END AS size, ABS(0 - 2.5) AS x FROM transaction WHERE externalid = 'SQL_SO_1'",
      [],
      [{ size: 'big', x: '2.5' }],
    ],
    ["SELECT id FROM accountingbook WHERE isprimary = 'T'", [], [{ id: '1' }]],
    [
      "SELECT c.entityid, e.entityid AS e, c.currency FROM customer c JOIN entity e ON e.id = c.id WHERE c.entityid = 'Amazon CA'",
      [],
      [{ entityid: 'Amazon CA', e: 'Amazon CA', currency: '2' }],
    ],
    ['SELECT symbol FROM currency ORDER BY symbol DESC', [], [{ symbol: 'USD' }, { symbol: 'JPY' }, { symbol: 'CAD' }]],
    [
      "SELECT l.name, s.quantityonhand, s.quantityavailable FROM inventoryitemlocations s JOIN location l ON l.id = s.location JOIN item i ON i.id = s.item WHERE i.itemid = 'SKU-A'",
      [],
      [{ name: 'FBA US', quantityonhand: '100', quantityavailable: '97' }], // three are ordered
    ],
    ["SELECT custbody_channel FROM transaction WHERE externalid = 'SQL_SO_1'", [], [{ custbody_channel: 'amazon' }]],
    [
      "SELECT t.externalid FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE tl.custcol_order_item = 'i-7'",
      [],
      [{ externalid: 'SQL_SO_2' }],
    ],
    [
      "SELECT i.itemid, x.n FROM item i LEFT JOIN (SELECT item, COUNT(*) AS n FROM transactionline WHERE mainline = 'F' AND transaction IN (SELECT id FROM transaction WHERE type = 'SalesOrd') GROUP BY item) x ON x.item = i.id WHERE i.itemid LIKE 'SKU-%' ORDER BY i.itemid",
      [],
      [{ itemid: 'SKU-A', n: '2' }, { itemid: 'SKU-B', n: '1' }, { itemid: 'SKU-OLD' }],
    ],
    [
      'SELECT t.externalid FROM transaction t WHERE EXISTS (SELECT tl.id FROM transactionline tl WHERE tl.transaction = t.id AND tl.quantity = -2)',
      [],
      [{ externalid: 'SQL_SO_1' }],
    ],
  ])('%s', async (q, params, rows) => {
    expect(await netsuite.query(q, params)).toEqual(rows);
  });

  test("the date format of bare dates is the user's", async () => {
    await netsuite.admin('POST', '/admin/switches', { dateFormat: 'YYYY-MM-DD' });
    expect(await netsuite.query("SELECT trandate FROM transaction WHERE externalid = 'SQL_SO_2'")).toEqual([
      { trandate: '2026-11-02' },
    ]);
    await netsuite.admin('POST', '/admin/switches', { dateFormat: 'M/D/YYYY' });
  });

  test('lines of an order: main line 0, quantities negative, nothing shipped yet', async () => {
    const rows = await netsuite.query(
      "SELECT tl.mainline, ABS(tl.quantity) qty, tl.quantity, NVL(tl.quantityshiprecv, 0) shipped, NVL(tl.isclosed, 'F') closed, tl.foreignamount FROM transactionline tl WHERE tl.transaction = ? ORDER BY tl.id",
      [orders[0] ?? ''],
    );
    expect(rows).toEqual([
      { mainline: 'T', shipped: '0', closed: 'F', foreignamount: '105' },
      { mainline: 'F', qty: '2', quantity: '-2', shipped: '0', closed: 'F', foreignamount: '-80' },
      { mainline: 'F', qty: '1', quantity: '-1', shipped: '0', closed: 'F', foreignamount: '-25' },
    ]);
  });

  test('what settled what: the links of a payment', async () => {
    const invoice = await seller.invoice(7);
    const payment = await netsuite.create('customerPayment', {
      customer: seller.ref('Amazon US'),
      account: seller.ref('1180'),
      undepFunds: { id: 'F' },
      autoApply: false,
      tranDate: '2026-10-29',
      apply: { items: [{ doc: { id: invoice }, amount: 4 }] },
    });
    expect(
      await netsuite.query('SELECT previousdoc, foreignamount FROM nexttransactionlink WHERE nextdoc = ?', [payment]),
    ).toEqual([{ previousdoc: invoice, foreignamount: '4' }]);
    expect(
      await netsuite.query('SELECT foreignamountunpaid, foreignamountpaid FROM transaction WHERE id = ?', [invoice]),
    ).toEqual([{ foreignamountunpaid: '3', foreignamountpaid: '4' }]);
  });

  test('a foreign transaction has its own currency in foreignamount and the base currency in amount, and both balance', async () => {
    const journal = await netsuite.create('journalEntry', {
      subsidiary: { id: '1' },
      currency: { id: '2' },
      exchangeRate: 0.5,
      tranDate: '2026-10-31',
      line: {
        items: [
          { account: seller.ref('6110'), debit: 10.01 },
          { account: seller.ref('6120'), debit: 0.01 },
          { account: seller.ref('1190'), credit: 10.02 },
        ],
      },
    });
    const rows = await netsuite.query(
      'SELECT tl.foreignamount, tal.amount FROM transactionline tl JOIN transactionaccountingline tal ON tal.transaction = tl.transaction AND tal.transactionline = tl.id WHERE tl.transaction = ? ORDER BY tl.id',
      [journal],
    );
    expect(rows).toEqual([
      { foreignamount: '10.01', amount: '5.01' },
      { foreignamount: '0.01', amount: '0.01' },
      { foreignamount: '-10.02', amount: '-5.02' },
    ]);
  });
});
