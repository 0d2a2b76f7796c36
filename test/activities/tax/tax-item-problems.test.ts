/** At start: the account of each jurisdiction's tax item is the one that the settings name, else the setting is named. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { checkConnection } from '../../../src/activities/setup/check-connection.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { alsoInGermany, GB_TAX, openTaxed, sales, settled } from './uk-sales.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const FILES = [settled(sales(['202-1000061-0000001']), '120.00')];
const ACCOUNTS = accountsByRole(['GBP'], ['GB']);
const raised = async () =>
  (await openExceptions(account.connection.db, account.name)).map(({ code, subject, evidence, remedy }) => [
    code,
    subject.id,
    evidence.what,
    remedy.kind,
  ]);

test('an item of tax on another account than journals book is raised once, and ends when both are one', async () => {
  account = await openTaxed(postgres, FILES, {
    settings: { accounts: { ...ACCOUNTS, 'sales-tax-payable:GB': '2200' } },
  });
  const what =
    'tax.items.GB: the item AMZ-VAT-GB is on account 2211 in NetSuite, and journals book tax of GB on 2200 (accounts.sales-tax-payable:GB, else accounts.sales-tax-payable): both must be one';
  for (const _ of [1, 2]) expect((await account.run(checkConnection)).problems).toEqual([what]);
  expect(await raised()).toEqual([['setting-unknown', 'tax.items.GB', what, 'set-up']]);
  account.connection.settings.accounts['sales-tax-payable:GB'] = '2211';
  expect((await account.run(checkConnection)).problems).toEqual([]);
  expect(await raised()).toEqual([]);
  expect(account.writes()).toEqual([]);
});

test('where no account of the country is named, journals take that of the rest, and that is said too', async () => {
  const { 'sales-tax-payable:GB': _, ...accounts } = ACCOUNTS;
  account = await openTaxed(postgres, FILES, { settings: { accounts } });
  expect((await account.run(checkConnection)).problems).toEqual([
    expect.stringMatching(/AMZ-VAT-GB is on account 2211 in NetSuite, and journals book tax of GB on 2200 /),
  ]);
});

test('an item that NetSuite lacks is named with its setting', async () => {
  account = await openTaxed(postgres, FILES, { tax: { ...GB_TAX, items: { GB: 'AMZ-VAT-UK' } } });
  expect((await account.run(checkConnection)).problems).toEqual(['item AMZ-VAT-UK (tax.items.GB)']);
});

test('one account of two countries is said of both', async () => {
  account = await openTaxed(postgres, FILES, {
    tax: {
      registrations: ['GB', 'DE'],
      items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-GB' },
      rates: { GB: { standard: 20 }, DE: { standard: 19 } },
    },
    world: alsoInGermany,
    settings: { accounts: { ...accountsByRole(['GBP', 'EUR'], ['GB']), 'sales-tax-payable:DE': '2211' } },
  });
  expect((await account.run(checkConnection)).problems).toEqual([
    'tax.items.GB: account 2211 of the item AMZ-VAT-GB is that of DE too: each jurisdiction has its own',
    'tax.items.DE: account 2211 of the item AMZ-VAT-GB is that of GB too: each jurisdiction has its own',
  ]);
});
