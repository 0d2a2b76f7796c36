/** Lists and what is not built, with bare HTTP. The filter: NSHELP section_1545222128, *Record Collection Filtering*; its examples stand at the tests. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount, type Reply } from './bare-account.ts';
import { sellerOf, type Seller } from './order-documents.ts';

let netsuite: BareAccount;
let seller: Seller;
const named: Record<string, string> = {};

beforeAll(async () => {
  netsuite = await openAccount();
  seller = await sellerOf(netsuite);
  named['first'] = await seller.invoice(10, { tranDate: '2026-10-05', memo: 'Barbara one' });
  named['second'] = await seller.invoice(20, { tranDate: '2026-10-20' });
  named['third'] = await seller.invoice(1000, { tranDate: '2026-11-02', memo: 'Another Company' });
});
afterAll(() => netsuite.close());

const filtered = (q: string, type = 'invoice'): Promise<Reply> =>
  netsuite.call('GET', `/record/v1/${type}?q=${encodeURIComponent(q)}`);

describe('the filter q', () => {
  /** `#first` in a filter is the id of the first invoice. */
  test.each<[source: string, q: string, found: string[]]>([
    ['?q=companyName EMPTY', 'memo EMPTY', ['second']],
    ['EMPTY_NOT', 'memo EMPTY_NOT', ['first', 'third']],
    ['?q=id BETWEEN_NOT [1, 42]', 'id BETWEEN_NOT [#first, #second]', ['third']],
    ['?q=id ANY_OF [1, 2, 3, 4, 5]', 'id ANY_OF [#first, #third]', ['first', 'third']],
    ['?q=email START_WITH barbara', 'memo START_WITH barbara', ['first']],
    ['?q=companyname START_WITH "Another Company"', 'memo START_WITH "Another Company"', ['third']],
    ['END_WITH', 'memo END_WITH one', ['first']],
    [
      '?q=dateCreated ON_OR_AFTER "1/1/2019" AND dateCreated BEFORE "1/1/2020"',
      'tranDate ON_OR_AFTER "10/20/2026" AND tranDate BEFORE "11/2/2026"',
      ['second'],
    ],
    ['ON_NOT', 'tranDate ON_NOT "10/20/2026"', ['first', 'third']],
    ['dates of instants', 'createdDate ON "11/20/2026"', ['first', 'second', 'third']],
    [
      '?q=creditlimit GREATER_OR_EQUAL 1000 OR creditlimit LESS_OR_EQUAL 10',
      'total GREATER_OR_EQUAL 1000 OR total LESS_OR_EQUAL 10',
      ['first', 'third'],
    ],
    ['() mark precedence', '(total EQUAL 10 OR total EQUAL 20) AND memo EMPTY', ['second']],
    ['AND binds closer', 'total EQUAL 10 OR total EQUAL 20 AND memo EMPTY_NOT', ['first']],
  ])('%s: %s', async (_source, q, found) => {
    const reply = await filtered(q.replace(/#(\w+)/g, (_mark, name: string) => named[name] ?? ''));
    expect([reply.status, (reply.body['items'] as { id: string }[]).map(({ id }) => id)]).toEqual([
      200,
      found.map((name) => named[name]),
    ]);
  });

  test('?q=isinactive IS true', async () => {
    const items = (await filtered('isinactive IS true', 'inventoryItem')).body['items'] as { id: string }[];
    expect(items.map(({ id }) => id)).toEqual([seller.ref('SKU-OLD').id]);
    expect((await filtered('isinactive IS false', 'inventoryItem')).body['totalResults']).toBe(2);
  });

  // "Fields you can filter by have the x-ns-filterable parameter"; "The following table contains the list of available query operators with their associated field types".
  test.each([
    'nosuch IS "x"',
    'memo GREATER 5',
    'total START_WITH 1',
    'tranDate ON "2026-10-20"',
    'id ANY_OF [1, 2',
    'memo',
    'memo IS "x" XOR id EQUAL 1',
  ])('%s is refused with 400', async (q) => {
    expect(errorOf(await filtered(q))).toMatchObject({ status: 400, code: 'INVALID_PARAMETER' });
    expect((await filtered(q)).body['o:errorDetails']).toMatchObject([{ 'o:errorQueryParam': 'q' }]);
  });
});

// README of @brokenrubik/netsuite-sdk 0.6.0: "You cannot combine `expandSubResources` and `fields` — NetSuite returns an `INVALID_PARAMETER` error."
test('fields beside expandSubResources is refused, of whatever record', async () => {
  for (const path of ['inventoryItem/501', 'customer/901', `invoice/${named['first']}/item`])
    expect(
      errorOf(await netsuite.call('GET', `/record/v1/${path}?expandSubResources=true&fields=itemId`)),
    ).toMatchObject({ status: 400, code: 'INVALID_PARAMETER' });
  const reply = await netsuite.call('GET', `/record/v1/invoice/${named['first']}?expandSubResources=true&fields=memo`);
  expect(errorOf(reply)).toMatchObject({ status: 400, code: 'INVALID_PARAMETER' });
  expect(
    Object.keys((await netsuite.call('GET', `/record/v1/invoice/${named['first']}?fields=memo`)).body).sort(),
  ).toEqual(['id', 'links', 'memo']);
});

describe('what NetSuite has and the simulator has not', () => {
  // NSHELP article_0127092747: a batch is `type=collection` with `Prefer: respond-async`. Nothing is built of it, so no job may be promised.
  test.each<[string, string, Record<string, string>]>([
    ['POST', '/record/v1/journalEntry', { 'content-type': 'application/vnd.oracle.resource+json; type=collection' }],
    ['POST', '/record/v1/journalEntry', { 'content-type': 'application/vnd.oracle.resource+json; TYPE="collection"' }],
    ['PATCH', '/record/v1/journalEntry', {}],
    ['PUT', '/record/v1/journalEntry/', {}],
    ['DELETE', '/record/v1/journalEntry?ids=1,2', {}],
    ['GET', '/record/v1/journalEntry?ids=1,2&expandRecords=true', {}],
  ])('a batch, %s %s, answers 501 at once and starts no job', async (method, path, headers) => {
    const reply = await netsuite.call(method, path, method === 'POST' ? { items: [] } : undefined, {
      ...headers,
      prefer: 'respond-async',
    });
    expect([reply.status, reply.headers.get('location'), errorOf(reply).code]).toEqual([
      501,
      null,
      'SIMULATOR_NOT_BUILT',
    ]);
  });

  // Three of the 206 names of the REST API Browser 2026.1, one of 2026.2 (NSHELP article_71212147377), and a custom record.
  test.each([
    'workOrder',
    'vendorSubsidiaryRelationship',
    'periodEndJournal',
    'bankingTransaction',
    'customrecord_mine',
    'WORKORDER',
  ])('the record type %s answers 501', async (type) => {
    expect((await netsuite.call('GET', `/record/v1/${type}`)).status).toBe(501);
  });

  test("a name that is none of NetSuite's answers 404", async () => {
    expect((await netsuite.call('GET', '/record/v1/nosuchrecord')).status).toBe(404);
  });
});
