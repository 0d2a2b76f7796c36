/**
 * A seller who owes tax in Germany and Britain sells two pots on amazon.de, dispatched one by one to Britain, and one comes back. By
 * hand: the Sales Order has a tax line of DE, since an order tells no country; invoices of 28 and 30 October 100.00 + 20.00 each, on the
 * item of GB; the order's tax line is billed by none and is closed with the second. Credit memo of 2 November −100.00 − 20.00. Settled:
 * 240.00 − 120.00 = 120.00. End: sales −100.00, tax of GB −20.00, receivable, clearing and tax of DE 0.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { billShipment } from '../../../src/activities/orders/bill-shipment.ts';
import { postFulfilment } from '../../../src/activities/orders/post-fulfilment.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../../src/activities/orders/post-refund.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { reviseSalesOrder } from '../../../src/activities/orders/revise-sales-order.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { openStore } from '../../../src/store/database.ts';
import { up } from '../../../src/store/orders/migrations/0038-unbilled-tax-lines.ts';
import { loadRefunds } from '../../../src/store/orders/refunds.ts';
import { loadShipments } from '../../../src/store/orders/shipments.ts';
import { refund, sale } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { triedAgain, type AccountUnderTest } from '../account-under-test.ts';
import { openTaxed, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const ORDER = '304-1000095-0000001';
const POT = { marketplace: 'Amazon.de', order: ORDER, item: '71101', sku: 'POT', quantity: 1 };
let postgres: FreshPostgres;
let account: AccountUnderTest;
let shipments: string[];
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

beforeEach(async () => {
  const pot = (shipment: string, at: string) =>
    sale({ ...POT, shipment, at }, [
      ['ItemPrice', 'Principal', '100.00'],
      ['ItemPrice', 'Tax', '20.00'],
    ]);
  const back = refund({ ...POT, at: '2026-11-02T12:00:00Z' }, [
    ['ItemPrice', 'Principal', '-100.00'],
    ['ItemPrice', 'Tax', '-20.00'],
  ]);
  const rows = [...pot('DEa', '2026-10-28T12:00:00Z'), ...pot('DEb', '2026-10-30T12:00:00Z'), ...back];
  account = await openTaxed(postgres, [settled(rows, '120.00', { currency: 'EUR' })], {
    tax: {
      registrations: ['DE', 'GB'],
      items: { DE: 'AMZ-VAT-DE', GB: 'AMZ-VAT-GB' },
      rates: { DE: { standard: 19 }, GB: { standard: 20 } },
    },
    settings: { accounts: accountsByRole(['EUR', 'GBP'], ['DE', 'GB']) },
    world: (told) => {
      for (const { buyer } of told.orders) buyer.address.countryCode = 'GB';
      const britain = { id: 'A1F83G8C2ARO7P', name: 'Amazon.co.uk', countryCode: 'GB', currency: 'GBP' };
      return { ...told, marketplaces: [...told.marketplaces, britain] };
    },
  });
  await takeEverythingIn(account);
  shipments = (await loadShipments(account.connection.db, account.name, ORDER)).map(({ key }) => key);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
});

const bill = async (index: number) => {
  const ref = { orderId: ORDER, shipment: shipments[index]! };
  await account.run(postFulfilment, ref);
  return account.run(billShipment, ref);
};
const suiteql = (query: string) => account.connection.netsuite.suiteql(query);
/** Status of the Sales Order, and its lines: item, units, billed, closed. */
const ordered = async () => {
  const of = `t.externalid = 'AMZ_${account.name}_SO_${ORDER}_1'`;
  const [head] = await suiteql(`SELECT t.status AS status FROM transaction t WHERE ${of}`);
  const lines = await suiteql(
    `SELECT BUILTIN.DF(tl.item) AS item, ABS(tl.quantity) AS units, tl.quantitybilled AS billed, tl.isclosed AS closed FROM transactionline tl JOIN transaction t ON t.id = tl.transaction WHERE ${of} AND tl.mainline = 'F' ORDER BY tl.id`,
  );
  return [head!['status'], ...lines.map(({ item, units, billed, closed }) => `${item} ${units} ${billed} ${closed}`)];
};
const books = async () =>
  Object.fromEntries(
    (
      await suiteql(
        `SELECT a.acctnumber AS account, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account
         WHERE t.externalid LIKE 'AMZ_${account.name}_%' AND tal.posting = 'T' GROUP BY a.acctnumber ORDER BY a.acctnumber`,
      )
    )
      .map((row) => [row['account']!.slice(0, 4), Number(row['amount'])] as const)
      .filter(([number, amount]) => amount !== 0 && ['1100', '1180', '2200', '2211', '2212', '4000'].includes(number)),
  );

test('the order’s own tax line is closed once all is billed, and not before', async () => {
  expect(await bill(0)).toEqual({ result: 'done', complete: false });
  expect(await ordered()).toEqual([expect.stringMatching(/^[DEF]$/), 'POT 2 1 F', 'AMZ-VAT-DE 2 0 F']);
  expect(await bill(1)).toEqual({ result: 'done', complete: true });
  expect(await ordered()).toEqual(['H', 'POT 2 2 F', 'AMZ-VAT-DE 2 0 T']);
  account.writes();
  expect(await bill(1)).toEqual({ result: 'done', complete: true });
  expect(account.writes()).toEqual([]);
  expect(await books()).toEqual({ 1100: 240, 2211: -40, 4000: -200 });
}, 60_000);

test('a refund of it is credited to the country that was billed, and all of it clears', async () => {
  for (const index of [0, 1]) await bill(index);
  const [back] = await loadRefunds(account.connection.db, account.name, ORDER);
  const ref = { orderId: ORDER, refund: back!.key };
  await account.run(postReturnAuthorisation, ref);
  await account.run(postCreditMemo, ref);
  expect(await books()).toEqual({ 1100: 120, 2211: -20, 4000: -100 });
  await upTo(account, 'apply', SETTLEMENT);
  expect(await account.open()).toEqual([]);
  expect(await books()).toEqual({ 2211: -20, 4000: -100 });
}, 60_000);

test('of an order that was complete before that, it is closed once: the upgrade makes it news, and no other', async () => {
  for (const index of [0, 1]) await bill(index);
  const { db, netsuite } = account.connection;
  const order = `AMZ_${account.name}_SO_${ORDER}_1`;
  const [{ id }] = (await suiteql(`SELECT id FROM transaction WHERE externalid = '${order}'`)) as [{ id: string }];
  const lines = await netsuite.lookups.salesOrderLines(id);
  const taxLine = Number(lines.find(({ closed }) => closed)!.orderLine);
  await netsuite.patch('salesOrder', id, { item: { items: [{ line: taxLine, isClosed: false }] } });
  // As an upgrade finds it: told, billed, its tax line open.
  const before = ['POT 2 2 F', 'AMZ-VAT-DE 2 0 F'];
  expect((await ordered()).slice(1)).toEqual(before);
  await account.run(tellOrders);
  account.told();
  const owner = openStore(postgres.ownerUrl);
  await up(owner.db as unknown as Kysely<unknown>);
  await account.run(tellOrders);
  expect(account.told()).toEqual([`orderLifecycle ${ORDER} orderChanged`]);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
  expect(await account.run(reviseSalesOrder, { orderId: ORDER })).toEqual({ complete: true });
  expect(await ordered()).toEqual(['H', 'POT 2 2 F', 'AMZ-VAT-DE 2 0 T']);
  account.writes();
  expect(await account.run(reviseSalesOrder, { orderId: ORDER })).toEqual({ complete: true });
  expect(account.writes()).toEqual([]);
  expect(await books()).toEqual({ 1100: 240, 2211: -40, 4000: -200 });
  // One whose tax line is billed in its country is no news.
  await sql`update documents set plan = replace(plan::text, '"jurisdiction": "DE"', '"jurisdiction": "GB"')::jsonb
    where connection = ${account.name} and purpose = 'SO'`.execute(db);
  await up(owner.db as unknown as Kysely<unknown>);
  await owner.close();
  await account.run(tellOrders);
  expect(account.told()).toEqual([]);
}, 60_000);

test.each(['lost-after-commit', 'lost-before-commit', 'workflow-lock'])(
  'billing that ends midway (%s of the closing) closes the line when it runs again, and bills nothing twice',
  async (kind) => {
    await bill(0);
    await account.netsuitePage('POST', '/faults', { kind, match: { method: 'PATCH' } });
    expect(await triedAgain(() => bill(1))).toEqual({ result: 'done', complete: true });
    expect(await ordered()).toEqual(['H', 'POT 2 2 F', 'AMZ-VAT-DE 2 0 T']);
    expect(await books()).toEqual({ 1100: 240, 2211: -40, 4000: -200 });
  },
  60_000,
);

test.each(['lost-after-commit', 'lost-before-commit'])(
  'an invoice whose answer is lost (%s) is found under its key, and the order is closed all the same',
  async (kind) => {
    await bill(0);
    await account.netsuitePage('POST', '/faults', { kind, match: { externalId: `_INV_${shipments[1]}_1$` } });
    expect(await triedAgain(() => bill(1))).toEqual({ result: 'done', complete: true });
    expect(await ordered()).toEqual(['H', 'POT 2 2 F', 'AMZ-VAT-DE 2 0 T']);
    expect(await books()).toEqual({ 1100: 240, 2211: -40, 4000: -200 });
  },
  60_000,
);
