/** An order of which one SKU is a pack of three: each document counts three of the item, at the same total. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decideSku } from '../../../src/activities/decisions/decide.ts';
import { takeUpForgottenSale } from '../../../src/activities/orders/forgotten-sale.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../../src/activities/orders/post-refund.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { reviseSalesOrder } from '../../../src/activities/orders/revise-sales-order.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { salesOrderId } from '../../../src/activities/orders/sales-order-lines.ts';
import { allDecisions } from '../../../src/store/decisions/decisions.ts';
import { loadOrder, saveOrders, setOrderState } from '../../../src/store/orders/orders.ts';
import { loadSalesOrder } from '../../../src/store/orders/order-lines.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountOptions, AccountUnderTest } from '../account-under-test.ts';
import { held, keysOf, openWorkedExample, ORDER, postOrder, takeEverythingIn, without } from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** SKU-B is a pack of SKU-A. */
const mapTo = (units: number) =>
  account.run(decideSku, { decision: { sku: 'SKU-B', item: 'SKU-A', units, by: 'maria', why: 'a pack' } });
const place = () => account.run(postSalesOrder, { orderId: ORDER, claim: null });

async function open(options: Partial<AccountOptions> = {}): Promise<void> {
  account = await openWorkedExample(postgres, { world: without('SKU-B'), ...options });
  await takeEverythingIn(account);
}

/** `IF SKU-A 3`: what NetSuite holds of the second item, document by document. */
async function packLines(): Promise<string[]> {
  const { suiteql, lookups } = account.connection.netsuite;
  const { id } = (await lookups.itemByName('SKU-A'))!;
  const rows = await suiteql(
    `SELECT t.externalid, ABS(tl.quantity) AS quantity, tl.foreignamount AS amount FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
     WHERE t.externalid LIKE 'AMZ_${account.name}_%' AND tl.item = ${id} AND tl.memo = '61200000000002 principal' AND tl.quantity IS NOT NULL ORDER BY t.id, tl.id`,
  );
  return [
    ...new Set(
      rows.map((row) => {
        const purpose = row['externalid']!.split('_')[2]!;
        return `${purpose} ${row['quantity']}${purpose === 'IF' ? '' : ` ${row['amount']}`}`;
      }),
    ),
  ];
}
const forget = () => postgres.store.db.deleteFrom('documents').where('connection', '=', account.name).execute();

test('it orders, ships, bills and refunds three units at the same line total', async () => {
  await open();
  await mapTo(3);
  await postOrder(account);
  expect(await packLines()).toEqual(['SO 3 -25', 'IF 3', 'INV 3 -25', 'RA 3 25', 'CM 3 25']);
  expect((await held(account)).filter((document) => !document.startsWith('IF'))).toEqual([
    'SO 65.99',
    'INV 65.99',
    'RA -25',
    'CM -25',
  ]);
  expect(await account.open()).toEqual([]);
});

test('an order keeps the units of its Sales Order, whatever its SKU is mapped to since', async () => {
  await open();
  await mapTo(3);
  await place();
  await mapTo(4);
  await postOrder(account);
  expect(await packLines()).toEqual(['SO 3 -25', 'IF 3', 'INV 3 -25', 'RA 3 25', 'CM 3 25']);
});

test('one that is only planned takes the units of when it is posted', async () => {
  await open({ settings: { posting: 'plan' } });
  await mapTo(1);
  expect(await place()).toEqual({ result: 'planned' });
  await mapTo(3);
  Object.assign(account.connection.settings, { posting: 'live' });
  await postOrder(account);
  expect(await packLines()).toEqual(['SO 3 -25', 'IF 3', 'INV 3 -25', 'RA 3 25', 'CM 3 25']);
});

test('what is no longer to be sent of two packs leaves three units on the line', async () => {
  await open();
  await mapTo(3);
  const { fact } = (await loadOrder(postgres.store.db, account.name, ORDER))!;
  const items = (cancelled: number) =>
    fact.items.map((item) => (item.sku === 'SKU-B' ? { ...item, quantity: 2, cancelled } : item));
  const amazonSays = (cancelled: number) =>
    saveOrders(postgres.store.db, account.name, [{ fact: { ...fact, items: items(cancelled) }, initial: 'seen' }]);
  await amazonSays(0);
  await place();
  expect(await packLines()).toEqual(['SO 6 -25']);
  await amazonSays(1);
  await account.run(reviseSalesOrder, { orderId: ORDER });
  expect(await packLines()).toEqual(['SO 3 -12.5']);
});

describe('a mapping', () => {
  const decided = async () =>
    (await allDecisions(postgres.store.db, account.name)).map(({ key, choice, units, by }) => [key, choice, units, by]);

  test('of another number of units is another decision, and the record says both', async () => {
    await open();
    const first = await mapTo(3);
    expect(await mapTo(3)).toEqual(first);
    expect((await mapTo(6)).audit).toBeGreaterThan(first.audit);
    const record = await postgres.store.db
      .selectFrom('audit')
      .select('detail')
      .where('connection', '=', account.name)
      .orderBy('id')
      .execute();
    expect(record.map(({ detail }) => detail)).toEqual([
      { key: 'SKU-B', choice: 'SKU-A', units: 3 },
      { key: 'SKU-B', choice: 'SKU-A', units: 6 },
    ]);
    expect(await decided()).toEqual([['SKU-B', 'SKU-A', 6, 'maria']]);
  });

  test('reaches the orders that wait with its units, and stays the decision of who took it', async () => {
    await open();
    await account.run(tellOrders);
    expect(await place()).toMatchObject({ result: 'waits' });
    expect(await mapTo(3)).toMatchObject({ released: 1 });
    // The order hears of it by signal, and checks what that says.
    await account.run(postSalesOrder, { orderId: ORDER, claim: { sku: 'SKU-B', item: 'SKU-A', units: 3 } });
    expect([await packLines(), await decided()]).toEqual([['SO 3 -25'], [['SKU-B', 'SKU-A', 3, 'maria']]]);
  });

  test('that comes to one order by hand is refused where its units are none', async () => {
    await open();
    const claimed = (units: number) =>
      account.run(postSalesOrder, { orderId: ORDER, claim: { sku: 'SKU-B', item: 'SKU-A', units } });
    expect(await claimed(0.5)).toEqual({
      result: 'waits',
      skus: ['SKU-B'],
      unusable: '"0.5" is not how many units of an item a SKU is: a whole number from 1 to 1000000',
    });
    expect(await claimed(3)).toEqual({ result: 'posted' });
    expect([await packLines(), await decided()]).toEqual([['SO 3 -25'], [['SKU-B', 'SKU-A', 3, 'signal']]]);
  });
});

describe('a store that was restored', () => {
  const units = async () =>
    (await loadSalesOrder(postgres.store.db, salesOrderId(account.name, ORDER)))?.units.get('61200000000002 principal');

  test('has forgotten the sale: it is found again with its units, and refunded', async () => {
    await open();
    await mapTo(3);
    await postOrder(account);
    account.writes();
    await forget();
    await setOrderState(postgres.store.db, account.name, ORDER, 'seen');
    await postgres.store.db
      .updateTable('shipments')
      .set({ state: 'new' })
      .where('connection', '=', account.name)
      .execute();
    await postgres.store.db
      .updateTable('refunds')
      .set({ state: 'new' })
      .where('connection', '=', account.name)
      .execute();
    const { refund } = await keysOf(account);
    expect(await account.run(takeUpForgottenSale, { orderId: ORDER, refund })).toBeNull();
    expect(await account.run(postReturnAuthorisation, { orderId: ORDER, refund })).toEqual({ result: 'done' });
    expect(await account.run(postCreditMemo, { orderId: ORDER, refund })).toEqual({ result: 'done' });
    expect([account.writes(), await units(), await account.open()]).toEqual([[], 3, []]);
  });

  test('has an older mapping: the Sales Order differs until the SKU is what it was, and then is taken as it is', async () => {
    await open();
    await mapTo(3);
    await place();
    await forget();
    await setOrderState(postgres.store.db, account.name, ORDER, 'seen');
    await mapTo(1);
    expect(await place()).toMatchObject({
      result: 'stopped',
      sentence: expect.stringContaining('quantity 3 for 1'),
    });
    await mapTo(3);
    expect(await place()).toEqual({ result: 'posted' });
    expect([await units(), await account.open()]).toEqual([3, []]);
    await postOrder(account);
    expect(await packLines()).toEqual(['SO 3 -25', 'IF 3', 'INV 3 -25', 'RA 3 25', 'CM 3 25']);
  });
});
