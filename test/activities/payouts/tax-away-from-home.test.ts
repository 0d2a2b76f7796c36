/**
 * A seller who owes tax in Britain alone sells on amazon.de and sends to Britain. By tax.md (*Where and at which rate*: the country that
 * it goes to before the marketplace's) the 20.00 on 100.00 are his, of GB: invoice 120.00, which its rows of 120.00 clear, whether
 * the invoice was there when the journal of the payout was built or came later. What goes to Germany is nobody's: invoice 100.00,
 * and its 20.00 stand on `sales-tax-payable`.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { takeInEventGroups } from '../../../src/activities/intake/take-in-event-groups.ts';
import { takeInOrders } from '../../../src/activities/intake/take-in-orders.ts';
import { takeInSettlements } from '../../../src/activities/intake/take-in-settlements.ts';
import { takeInShipments } from '../../../src/activities/intake/take-in-shipments.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { bill, GB_TAX, openTaxed, sales, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const ORDER = '304-1000071-0000001';
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(to: string): Promise<void> {
  const rows = sales([ORDER], { marketplace: 'Amazon.de' });
  account = await openTaxed(postgres, [settled(rows, '120.00', { currency: 'EUR' })], {
    tax: GB_TAX,
    settings: { accounts: accountsByRole(['EUR', 'GBP'], ['GB']) },
    world: (told) => {
      for (const { buyer } of told.orders) buyer.address.countryCode = to;
      const britain = { id: 'A1F83G8C2ARO7P', name: 'Amazon.co.uk', countryCode: 'GB', currency: 'GBP' };
      return { ...told, marketplaces: [...told.marketplaces, britain] };
    },
  });
}
/** Receivable and clearing, tax of nobody's documents and of Britain, without what comes to nothing. */
const books = async () =>
  Object.fromEntries(
    (
      await account.connection.netsuite.suiteql(
        `SELECT a.acctnumber AS account, SUM(tal.amount) AS amount FROM transactionaccountingline tal JOIN transaction t ON t.id = tal.transaction JOIN account a ON a.id = tal.account
         WHERE t.externalid LIKE 'AMZ_${account.name}_%' AND tal.posting = 'T' GROUP BY a.acctnumber ORDER BY a.acctnumber`,
      )
    )
      .map((row) => [row['account']!.slice(0, 4), Number(row['amount'])] as const)
      .filter(([number, amount]) => amount !== 0 && ['1100', '1180', '2200', '2211'].includes(number)),
  );

test.each([
  ['is there before the journal', true],
  ['comes after the journal, its shipment known', false],
])('the tax of an invoice sent home clears with it: it %s', async (_, before) => {
  await open('GB');
  await takeEverythingIn(account);
  if (before) await bill(account, ORDER);
  await upTo(account, 'apply', SETTLEMENT);
  if (!before) await bill(account, ORDER);
  await upTo(account, 'apply', SETTLEMENT);
  expect(await account.open()).toEqual([]);
  expect(await books()).toEqual({ 2211: -20 });
});

test('an invoice whose shipment comes after the journal as well takes its tax from where the journal had put it', async () => {
  await open('GB');
  for (const take of [takeInOrders, takeInSettlements, takeInEventGroups]) await account.run<object, unknown>(take);
  await upTo(account, 'apply', SETTLEMENT);
  expect(await books()).toEqual({ 1180: -100, 2200: -20 });
  await account.run<object, unknown>(takeInShipments);
  await bill(account, ORDER);
  for (let run = 0; run < 2; run += 1) {
    await upTo(account, 'apply', SETTLEMENT);
    expect(await account.open()).toEqual([]);
    expect(await books()).toEqual({ 2211: -20 });
  }
});

test('what is sent abroad, where he owes nothing, is on no document and stands on the rest of the tax', async () => {
  await open('DE');
  await takeEverythingIn(account);
  await upTo(account, 'apply', SETTLEMENT);
  await bill(account, ORDER);
  await upTo(account, 'apply', SETTLEMENT);
  expect(await books()).toEqual({ 2200: -20 });
});
