/** Each posting of an order by itself: what it posts, that it posts once, and what it refuses. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { postFulfilment } from '../../../src/activities/orders/post-fulfilment.ts';
import { billShipment } from '../../../src/activities/orders/bill-shipment.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../../src/activities/orders/post-refund.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { rememberOrderLines } from '../../../src/activities/orders/remember-order-lines.ts';
import { storeDecision } from '../../../src/store/decisions/decisions.ts';
import { openExceptionOf } from '../../../src/store/exceptions/exceptions.ts';
import { writeMark } from '../../../src/store/intake/marks.ts';
import { loadOrder } from '../../../src/store/orders/orders.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { triedAgain, type AccountOptions, type AccountUnderTest } from '../account-under-test.ts';
import { held, keysOf, openWorkedExample, ORDER, takeEverythingIn, without } from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** The steps of the order, in their order, each bound to its keys. */
async function order(options: Partial<AccountOptions> = {}) {
  account = await openWorkedExample(postgres, options);
  await takeEverythingIn(account);
  const { shipment, refund } = await keysOf(account);
  return {
    salesOrder: (claim: { sku: string; item: string } | null = null) =>
      account.run(postSalesOrder, { orderId: ORDER, claim }),
    fulfilment: () => account.run(postFulfilment, { orderId: ORDER, shipment }),
    invoice: () => account.run(billShipment, { orderId: ORDER, shipment }),
    returned: () => account.run(postReturnAuthorisation, { orderId: ORDER, refund }),
    memo: () => account.run(postCreditMemo, { orderId: ORDER, refund }),
  };
}
const state = async () => (await loadOrder(postgres.store.db, account.name, ORDER))!.state;
const setOctober = (to: 'open' | 'closed') =>
  account.netsuitePage('POST', '/admin/periods', {
    month: '2026-10',
    closed: to === 'closed',
    allLocked: to === 'closed',
    arLocked: to === 'closed',
  });
const refuse = (path: string) =>
  account.netsuitePage('POST', '/faults', { kind: 'no-permission', match: { method: 'POST', path } });
const lose = (kind: string, path: string) =>
  account.netsuitePage('POST', '/faults', { kind, match: { method: 'POST', path } });

test('an order becomes its documents, each once however often its step runs', async () => {
  const { salesOrder, fulfilment, invoice, returned, memo } = await order();
  const twice = async (step: () => Promise<unknown>) => [await step(), await step()];
  expect(await twice(salesOrder)).toEqual([{ result: 'posted' }, { result: 'posted' }]);
  expect(await state()).toBe('ordered');
  expect(await twice(fulfilment)).toEqual(Array(2).fill({ result: 'done', complete: false }));
  expect(await twice(invoice)).toEqual(Array(2).fill({ result: 'done', complete: true }));
  expect(await state()).toBe('billed');
  expect(await twice(returned)).toEqual(Array(2).fill({ result: 'done' }));
  expect(await twice(memo)).toEqual(Array(2).fill({ result: 'done' }));
  expect(account.writes()).toEqual([
    'POST salesOrder',
    'POST salesOrder → itemFulfillment',
    'POST salesOrder → invoice',
    'POST salesOrder → returnAuthorization',
    'POST returnAuthorization → creditMemo',
  ]);
  // 40.00 + 5.99 − 5.00 + 25.00; the refund is the second item.
  expect((await held(account)).filter((document) => !document.startsWith('IF'))).toEqual([
    'SO 65.99',
    'INV 65.99',
    'RA -25',
    'CM -25',
  ]);
  expect(await account.open()).toEqual([]);
});

describe('postSalesOrder', () => {
  test('says that it waits only once people can see for what: a store that is as it was between the two is told again', async () => {
    account = await openWorkedExample(postgres, { world: without('SKU-B') });
    await takeEverythingIn(account);
    const mute = { ...account.connection, raise: () => Promise.reject(new Error('the database went away')) };
    await expect(postSalesOrder(mute, { connection: account.name, orderId: ORDER, claim: null })).rejects.toThrow(
      'went away',
    );
    expect([await state(), await account.open()]).toEqual(['seen', []]);
  });

  test('waits for a SKU that NetSuite does not have, and takes a claim that names an item it has', async () => {
    const { salesOrder } = await order({ world: without('SKU-B') });
    expect(await salesOrder()).toEqual({ result: 'waits', skus: ['SKU-B'], unusable: null });
    expect([await state(), await account.open(), account.writes()]).toEqual(['waits', ['sku-unknown'], []]);
    expect(await salesOrder({ sku: 'SKU-B', item: 'NO-SUCH' })).toEqual({
      result: 'waits',
      skus: ['SKU-B'],
      unusable: 'item NO-SUCH is not in NetSuite',
    });
    expect(await salesOrder({ sku: 'SKU-B', item: 'SKU-A' })).toEqual({ result: 'posted' });
    expect([await state(), await account.open(), await held(account)]).toEqual(['ordered', [], ['SO 65.99']]);
  });

  test('asks for a SKU that Amazon made with the item that it may be', async () => {
    const { salesOrder } = await order();
    const { db } = postgres.store;
    await sql`update orders set fact = replace(fact::text, 'SKU-B', 'amzn.gr.SKU-A-x7')::jsonb where connection = ${account.name}`.execute(
      db,
    );
    const pack = {
      kind: 'sku',
      key: 'SKU-A',
      spelled: 'SKU-A',
      choice: 'SKU-B',
      units: 2,
      by: 'ana',
      why: null,
    } as const;
    await storeDecision(db, account.name, pack, '2026-10-01T00:00:00Z');
    expect(await salesOrder()).toMatchObject({ result: 'waits', skus: ['amzn.gr.SKU-A-x7'] });
    expect(await openExceptionOf(db, account.name, 'sku-unknown', 'amzn.gr.SKU-A-x7')).toMatchObject({
      evidence: { what: expect.stringContaining('1 order; it may be SKU-B, as SKU-A is') },
      remedy: { kind: 'map-sku', sku: 'amzn.gr.SKU-A-x7', item: 'SKU-B', units: 2 },
    });
  });

  test('leaves an order alone that the store does not know', async () => {
    await order();
    expect(await account.run(postSalesOrder, { orderId: '113-0000000-0000000', claim: null })).toEqual({
      result: 'left-alone',
    });
  });

  test.each(['lost-after-commit', '500-before-commit'])('posts once over an answer that is %s', async (kind) => {
    const { salesOrder } = await order();
    await lose(kind, '/salesOrder$');
    expect(await triedAgain(salesOrder)).toEqual({ result: 'posted' });
    expect(await held(account)).toEqual(['SO 65.99']);
  });
});

test('a fulfilment whose period is closed stops, and is posted once that is open', async () => {
  const { salesOrder, fulfilment } = await order();
  await salesOrder();
  await setOctober('closed');
  expect(await fulfilment()).toMatchObject({ result: 'stopped', exception: expect.any(Number) });
  expect([await account.open(), account.writes()]).toEqual([['period-closed'], ['POST salesOrder']]);
  await setOctober('open');
  expect(await fulfilment()).toMatchObject({ result: 'done' });
  expect(await account.open()).toEqual([]);
});

test('where the connection only plans, every step says so and NetSuite takes nothing', async () => {
  const { salesOrder, fulfilment, invoice, memo } = await order({ settings: { posting: 'plan' } });
  expect(await state()).toBe('seen');
  for (const step of [salesOrder, fulfilment, invoice, memo]) expect(await step()).toEqual({ result: 'planned' });
  expect(await state()).toBe('planned');
  expect(account.writes()).toEqual([]);
});

describe('what NetSuite refuses stops the order, and is posted when that is mended', () => {
  test.each([
    ['postFulfilment', '!transform/itemFulfillment', ['salesOrder'], 'fulfilment'],
    ['billShipment', '!transform/invoice', ['salesOrder', 'fulfilment'], 'invoice'],
    ['postReturnAuthorisation', '!transform/returnAuthorization', ['salesOrder', 'fulfilment', 'invoice'], 'returned'],
    ['postCreditMemo', '!transform/creditMemo', ['salesOrder', 'fulfilment', 'invoice', 'returned'], 'memo'],
  ] as const)('%s', async (_, path, before, step) => {
    const steps = await order();
    for (const earlier of before) await steps[earlier]();
    account.writes();
    await refuse(path);
    expect(await steps[step]()).toMatchObject({ result: 'stopped', exception: expect.any(Number) });
    expect([await account.open(), account.writes()]).toEqual([['netsuite-refused'], []]);
    expect(await steps[step]()).toMatchObject({ result: 'done' });
    expect([await account.open(), account.writes()]).toEqual([[], [expect.stringContaining(path.split('/')[1]!)]]);
  });
});

describe('a store that was restored', () => {
  test('has forgotten the fulfilment: the invoice finds it first', async () => {
    const { salesOrder, invoice } = await order();
    await salesOrder();
    expect(await invoice()).toEqual({ result: 'done', complete: true });
    expect(account.writes().slice(1)).toEqual(['POST salesOrder → itemFulfillment', 'POST salesOrder → invoice']);
  });

  test('has forgotten the shipment: the step fails, and is tried again once intake has read it', async () => {
    const { salesOrder } = await order();
    await salesOrder();
    await expect(account.run(postFulfilment, { orderId: ORDER, shipment: 'unknown' })).rejects.toThrow(
      'shipment unknown is not in the store',
    );
  });

  test('has forgotten the order: its refund is no sale of former days while the orders are not read up to it again', async () => {
    const { salesOrder, fulfilment, invoice, returned, memo } = await order();
    for (const step of [salesOrder, fulfilment, invoice]) await step();
    const { db } = account.connection;
    await db.deleteFrom('orders').where('connection', '=', account.name).execute();
    await writeMark(db, account.name, 'orders', '2026-10-01T00:00:00Z');
    for (const step of [returned, memo]) await expect(step()).rejects.toMatchObject({ type: 'SALE_FORGOTTEN' });
    await takeEverythingIn(account);
    expect([await returned(), await memo()]).toEqual([{ result: 'done' }, { result: 'done' }]);
    expect((await held(account)).filter((document) => !document.startsWith('IF'))).toEqual([
      'SO 65.99',
      'INV 65.99',
      'RA -25',
      'CM -25',
    ]);
  });
});

test('rememberOrderLines asks NetSuite once for the lines of what is about to be dispatched', async () => {
  const { salesOrder, fulfilment } = await order();
  await salesOrder();
  expect(await account.run(rememberOrderLines)).toEqual({ orders: 1 });
  expect(await account.run(rememberOrderLines)).toEqual({ orders: 0 });
  expect(await fulfilment()).toMatchObject({ result: 'done' });
});
