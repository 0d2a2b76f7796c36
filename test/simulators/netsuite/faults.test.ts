import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { errorOf, openAccount, type BareAccount } from './bare-account.ts';
import { sellerOf, type Seller } from './order-documents.ts';

let netsuite: BareAccount;
let seller: Seller;

beforeEach(async () => {
  netsuite = await openAccount();
  seller = await sellerOf(netsuite);
});
afterEach(() => netsuite.close());

const invoice = (externalId: string): ReturnType<BareAccount['call']> =>
  netsuite.call('POST', '/record/v1/invoice', {
    externalId,
    entity: seller.ref('Amazon US'),
    tranDate: '2026-10-20',
    item: { items: [{ item: seller.ref('AMZ-REFUND'), amount: 5 }] },
  });
const exists = async (externalId: string): Promise<boolean> =>
  (await netsuite.query('SELECT id FROM transaction WHERE externalid = ?', [externalId])).length === 1;
const fault = (kind: string, match: object, times = 1): ReturnType<BareAccount['admin']> =>
  netsuite.admin('POST', '/faults', { kind, match, times, delayMs: 60 });

describe('faults', () => {
  test('lost after commit: no answer, but the record is there, and a second try is a duplicate', async () => {
    await fault('lost-after-commit', { type: 'invoice' });
    await expect(invoice('LOST_1')).rejects.toThrow();
    expect(await exists('LOST_1')).toBe(true);
    expect(errorOf(await invoice('LOST_1')).detail).toBe(
      'Error while accessing a resource. This record already exists.',
    );
  });

  test('lost before commit: no answer and no record', async () => {
    await fault('lost-before-commit', { method: 'POST', path: '/invoice$' });
    await expect(invoice('LOST_2')).rejects.toThrow();
    expect(await exists('LOST_2')).toBe(false);
    expect((await invoice('LOST_2')).status).toBe(204);
  });

  test('500 after and before commit look alike: UNEXPECTED_ERROR with an error id', async () => {
    await fault('500-after-commit', { externalId: '^AFTER' });
    await fault('500-before-commit', { externalId: '^BEFORE' });
    for (const id of ['AFTER_1', 'BEFORE_1'])
      expect(errorOf(await invoice(id))).toMatchObject({
        status: 500,
        code: 'UNEXPECTED_ERROR',
        detail: expect.stringMatching(/^An unexpected error occurred\. Error ID: \w+$/),
      });
    expect([await exists('AFTER_1'), await exists('BEFORE_1')]).toEqual([true, false]);
  });

  test("429 carries NetSuite's own body and no Retry-After, as often as asked, and nothing is written", async () => {
    await fault('429', { type: 'invoice' }, 2);
    const first = await invoice('BUSY_1');
    expect(first.body).toEqual({
      type: 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
      title: 'Bad Request',
      status: 429,
      'o:errorDetails': [
        { detail: 'Concurrent request limit exceeded. Request blocked.', 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' },
      ],
    });
    expect(first.headers.get('retry-after')).toBeNull();
    expect((await invoice('BUSY_1')).status).toBe(429);
    expect((await invoice('BUSY_1')).status).toBe(204);
  });

  test('a slow answer comes after the record is there; a client that has left finds it', async () => {
    await fault('slow', { type: 'invoice' });
    const answer = invoice('SLOW_1');
    expect((await answer).status).toBe(204);
    expect(await exists('SLOW_1')).toBe(true);
  });

  test.each([
    ['changed', 'Record has been changed'],
    ['workflow-lock', 'This record has been locked by a user defined workflow.'],
  ])('%s answers USER_ERROR', async (kind, text) => {
    await fault(kind, { type: 'invoice' });
    expect(errorOf(await invoice('X_1'))).toEqual({
      status: 400,
      code: 'USER_ERROR',
      detail: `Error while accessing a resource. ${text}`,
      path: undefined,
    });
  });

  test('a transform is met by the type that it makes; DELETE takes all faults away', async () => {
    const order = await seller.order([{ item: seller.ref('AMZ-SHIPPING'), amount: 5 }]);
    await fault('429', { type: 'invoice' }, 9);
    const bill = (): ReturnType<BareAccount['call']> =>
      netsuite.call('POST', `/record/v1/salesOrder/${order}/!transform/invoice`, { tranDate: '2026-10-21' });
    expect((await bill()).status).toBe(429);
    expect((await netsuite.admin('GET', '/faults')).body).toMatchObject({
      faults: [{ kind: '429', hits: 1, times: 8 }],
    });
    expect((await netsuite.admin('DELETE', '/faults')).status).toBe(204);
    expect((await bill()).status).toBe(204);
  });

  test('an unknown fault or switch is refused by name', async () => {
    expect(errorOf(await netsuite.admin('POST', '/faults', { kind: 'flood' }))).toMatchObject({
      status: 501,
      detail: expect.stringContaining('flood'),
    });
    expect(errorOf(await netsuite.admin('POST', '/admin/switches', { sunny: true }))).toMatchObject({
      status: 501,
      detail: expect.stringContaining('sunny'),
    });
  });
});

test('of six requests at once, with a limit of five, one is blocked', async () => {
  await netsuite.admin('POST', '/faults', { kind: 'slow', match: { type: 'account' }, times: 6, delayMs: 1500 });
  const answers = await Promise.all(Array.from({ length: 6 }, () => netsuite.call('GET', '/record/v1/account')));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429]);
});

describe('asynchronous requests', () => {
  const headers = { prefer: 'respond-async', 'X-NetSuite-Idempotency-Key': '0d7b9d4e-6a1c-4c9e-8a53-3f1c1d0b6a11' };
  const create = (externalId: string, more: Record<string, string>): ReturnType<BareAccount['call']> =>
    netsuite.call(
      'POST',
      '/record/v1/invoice',
      {
        externalId,
        entity: seller.ref('Amazon US'),
        tranDate: '2026-10-20',
        item: { items: [{ item: seller.ref('AMZ-REFUND'), amount: 5 }] },
      },
      more,
    );

  test('answer 202 with a job, whose task holds the result', async () => {
    const reply = await create('JOB_1', headers);
    expect([reply.status, reply.headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    const job = new URL(reply.headers.get('location') ?? '').pathname.replace('/services/rest', '');
    expect((await netsuite.call('GET', job)).body).toMatchObject({ completed: true, id: reply.id });
    expect((await netsuite.call('GET', `${job}/task`)).body).toMatchObject({ items: [{ id: '1', completed: true }] });
    const result = await netsuite.call('GET', `${job}/task/1/result`);
    expect([result.status, result.id]).toEqual([
      204,
      (await netsuite.query("SELECT id FROM transaction WHERE externalid = 'JOB_1'"))[0]?.['id'],
    ]);
  });

  test('an idempotency key works once, and is ignored on synchronous requests', async () => {
    const first = await create('JOB_2', headers);
    const again = await create('JOB_2', headers);
    expect(again.body).toMatchObject({
      status: 400,
      title: 'Conflict',
      'o:errorDetails': [
        {
          'o:errorCode': 'IDEMPOTENCY_ERROR',
          detail: expect.stringContaining('A request with the same idempotency key is already submitted'),
        },
      ],
    });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const { prefer, ...key } = headers;
    expect([prefer, (await create('SYNC_1', key)).status, (await create('SYNC_2', key)).status]).toEqual([
      'respond-async',
      204,
      204,
    ]);
  });
});

test('the admin routes show what is there', async () => {
  await invoice('STATE_1');
  expect((await netsuite.admin('GET', '/admin/state')).body).toMatchObject({
    today: '2026-11-20',
    transactions: { CustInvc: 1, InvAdjst: 1 },
    items: 6,
  });
  expect((await netsuite.admin('GET', '/admin/ledger')).body['balances']).toEqual(
    expect.arrayContaining([
      { account: '1100', name: 'A/R Amazon', currency: 'USD', lines: 1, balance: '5.00' },
      { account: '4095', name: 'Refunds', currency: 'USD', lines: 1, balance: '-5.00' },
    ]),
  );
  const item = await netsuite.admin('POST', '/admin/items', {
    itemId: 'SKU-NEW',
    type: 'InvtPart',
    displayName: 'New',
    incomeAccount: '4000',
    cogsAccount: '5000',
    assetAccount: '1200',
  });
  expect(await netsuite.query("SELECT id FROM item WHERE itemid = 'SKU-NEW'")).toEqual([{ id: item.body['id'] }]);
});
