/**
 * An account whose tax codes add tax to what is posted: the order stops with that document, and its marketplace with it. By
 * hand: 120.00 and 20 % of it.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { readTieOut } from '../../../src/activities/tie-out/read-tie-out.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { loadDocument } from '../../../src/store/documents/documents.ts';
import { busyWith } from '../../../src/store/reconciler/busy.ts';
import { openOf } from '../../../src/views/exceptions/exceptions-view.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { bill, openTaxed, sales, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, takeInStatement, upTo } from '../worked-example.ts';

const [ORDER, OTHER, THIRD, ABROAD] = [
  '202-1000031-0000001',
  '202-1000032-0000001',
  '202-1000033-0000001',
  '304-1000034-0000001',
] as const;
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** Orders of 120.00 with 20.00 of VAT, one of them in Germany, none of them posted; NetSuite taxes what comes. */
async function open(): Promise<void> {
  account = await openTaxed(postgres, [
    settled(sales([ORDER, OTHER, THIRD]), '360.00'),
    settled(sales([ABROAD], { marketplace: 'Amazon.de' }), '120.00', { id: '30100000132', currency: 'EUR' }),
  ]);
  await takeEverythingIn(account);
  await account.netsuitePage('POST', '/admin/switches', { defaultTaxPercent: 20 });
  await account.run(tellOrders);
  account.told();
  account.writes();
}

const place = (orderId: string) => account.run(postSalesOrder, { orderId, claim: null });
const keyOf = (order: string) => `AMZ_${account.name}_SO_${order}_1`;
async function mend(...orders: string[]): Promise<void> {
  await account.netsuitePage('POST', '/admin/switches', { defaultTaxPercent: 0 });
  for (const order of orders) {
    const [held] = await account.connection.netsuite.suiteql('SELECT id FROM transaction WHERE externalid = ?', [
      keyOf(order),
    ]);
    await account.deleteDocument('salesOrder', held!['id']!);
  }
}

test('a total above its lines stops the order, names the customer, and goes on once it is mended', async () => {
  await open();
  for (const _ of [1, 2]) expect(await place(ORDER!)).toMatchObject({ result: 'stopped' });
  // Tried again while it stands, it is compared and not sent once more.
  expect(account.writes()).toEqual(['POST salesOrder']);
  const [raised] = await openExceptions(account.connection.db, account.name);
  expect(raised).toMatchObject({
    code: 'taxed-by-netsuite',
    key: keyOf(ORDER!),
    evidence: { what: expect.stringContaining('total 144 for 120.00') },
    remedy: { kind: 'try-again', of: 'order', id: ORDER, first: expect.stringContaining('the customer Amazon GB') },
  });

  await mend(ORDER!);
  expect(await place(ORDER!)).toEqual({ result: 'posted' });
  expect((await loadDocument(account.connection.db, keyOf(ORDER!)))?.state).toBe('posted');
  expect(await account.open()).toEqual([]);
});

test('no second document of its marketplace is posted, others go on, and all of it by itself once the first is mended', async () => {
  await open();
  const first = await place(ORDER!);
  const second = await place(OTHER!);
  // Its order says which exception it waits for: that of the first.
  expect(second).toEqual({ ...first, sentence: expect.stringContaining(`SO of order ${ORDER}`) });
  expect(account.writes()).toEqual(['POST salesOrder']);
  expect(await loadDocument(account.connection.db, keyOf(OTHER!))).toBeNull();
  expect(await openOf(account.connection.db, account.name)).toMatchObject([
    { code: 'taxed-by-netsuite', subject: `order:${ORDER}`, waiters: '2 orders' },
  ]);
  // Germany's customer is another one: its first document finds out for itself.
  await place(ABROAD!);
  expect(account.writes()).toEqual(['POST salesOrder']);

  await mend(ORDER!);
  expect(await place(ORDER!)).toEqual({ result: 'posted' });
  expect(account.told()).toEqual([`${OTHER} lookAgain`]);
  expect(await place(OTHER!)).toEqual({ result: 'posted' });
  expect(await account.open()).toEqual(['taxed-by-netsuite']);
});

test('two that were sent at once are each mended, and neither waits for the other', async () => {
  await open();
  const both = await Promise.all([place(ORDER!), place(OTHER!)]);
  expect(both).toMatchObject([{ result: 'stopped' }, { result: 'stopped' }]);
  const sent = account.writes().length;
  expect(sent).toBeLessThanOrEqual(2);
  expect(await place(THIRD!)).toMatchObject({ result: 'stopped' });
  expect(account.writes()).toEqual([]);
  const taxed = (await openExceptions(account.connection.db, account.name)).map(({ subject }) => subject.id);
  expect(taxed).toHaveLength(sent);
  await mend(...taxed);
  for (const order of taxed) expect(await place(order)).toEqual({ result: 'posted' });
  for (const order of [ORDER!, OTHER!, THIRD!]) expect(await place(order)).toEqual({ result: 'posted' });
  expect(await account.open()).toEqual([]);
});

test('who waits is told at the next look where the end was not heard, and its workflow is begun where it is gone', async () => {
  await open();
  await place(ORDER!);
  await place(OTHER!);
  await account.connection.resolve('taxed-by-netsuite', keyOf(ORDER!), 'closed by hand');
  // Not idle before they have gone on.
  expect((await busyWith(account.connection.db, account.name)).orders).toBeGreaterThan(0);
  account.loseWorkflows();
  await account.run(tellOrders);
  expect(account.told()).toContain(`orderLifecycle ${OTHER} dispatched`);
});

// The journal clears 3 × (100.00 + 20.00) whoever has billed it; three invoices owe 60.00 of VAT. Payouts post by themselves
// (accounting.md, *The payout*), and one is tied only with its documents.
test('the journal of its payout goes on, and the payout is not tied before its documents are there', async () => {
  await open();
  for (const order of [ORDER, OTHER]) expect(await place(order)).toMatchObject({ result: 'stopped' });
  await upTo(account, 'match', SETTLEMENT);
  await takeInStatement(account);
  const goOn = async () => {
    await upTo(account, 'movements', SETTLEMENT);
    await account.run(provePayout, { settlementId: SETTLEMENT });
    const { payouts, balances } = await account.run(readTieOut);
    const { tied } = payouts.find(({ settlementId }) => settlementId === SETTLEMENT)!;
    return { tied, ...Object.fromEntries(READ.map((role) => [role, balances[`${role}.GBP`] ?? '0.00'])) };
  };
  const stopped = {
    tied: false,
    clearing: '-360.00',
    receivable: '0.00',
    'sales-tax-payable': '0.00',
    'sales-tax-payable:GB': '0.00',
    bank: '360.00',
  };
  for (const _ of [1, 2]) expect(await goOn()).toEqual(stopped);

  await mend(ORDER);
  for (const order of [ORDER, OTHER, THIRD]) expect(await bill(account, order)).toMatchObject({ result: 'done' });
  expect(await goOn()).toEqual({ ...stopped, tied: true, clearing: '0.00', 'sales-tax-payable:GB': '-60.00' });
});
const READ = ['clearing', 'receivable', 'sales-tax-payable', 'sales-tax-payable:GB', 'bank'];
