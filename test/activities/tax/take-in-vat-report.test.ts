/** Amazon's VAT report by its API: of a month once, from the third of the next, and nothing of one that is not to be had. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { takeInVatReport } from '../../../src/activities/tax/take-in-vat-report.ts';
import { loadVatReport } from '../../../src/store/tax/vat-reports.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { GB_TAX, openTaxed, sales, settled } from './uk-sales.ts';

const ORDER = '202-1000051-0000001';
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** One sale of October, 100.00 with 20.00. */
async function open(now: string, { hasRole = true, vatReport = 'amazon' } = {}): Promise<void> {
  account = await openTaxed(postgres, [settled(sales([ORDER]), '120.00')], {
    now,
    tax: { ...GB_TAX, vatReport },
    world: (world) => (hasRole ? { ...world, vat: { calculated: true, numbers: { GB: 'GB123456789' } } } : world),
  });
}
const take = () => account.run(takeInVatReport);
const stored = () => loadVatReport(account.connection.db, account.name, '2026-10');

test('is taken in from the third on, once, without a word of a buyer', async () => {
  await open('2026-11-03T00:00:01Z');
  expect(await take()).toEqual({ result: 'read', month: '2026-10', rows: 1 });
  expect((await stored())?.rows).toEqual([
    {
      orderId: ORDER,
      event: 'sale',
      sku: 'POT',
      completed: '2026-10-28',
      collector: 'seller',
      jurisdiction: 'GB',
      rate: 2000n,
      net: 10_000n,
      tax: 2_000n,
      currency: 'GBP',
      departure: 'GB',
      exported: false,
      business: false,
    },
  ]);
  expect(await take()).toEqual({ result: 'skipped' });
});

test('is not asked for before, and not at all by itself', async () => {
  await open('2026-11-02T23:00:00Z');
  expect(await take()).toEqual({ result: 'skipped' });
  await account.close();
  await open('2026-11-20T12:00:00Z', { vatReport: 'file' });
  expect(await take()).toEqual({ result: 'skipped' });
  expect(await stored()).toBeNull();
});

test('that Amazon does not give to the application is named, asked for once a day, and over with the setting', async () => {
  await open('2026-11-20T12:00:00Z', { hasRole: false });
  expect(await take()).toEqual({ result: 'refused', month: '2026-10' });
  expect(await account.open()).toEqual(['vat-report-refused']);
  expect(await take()).toEqual({ result: 'skipped' });
  expect(await stored()).toBeNull();
  Object.assign(account.connection.settings.tax!, { vatReport: 'file' });
  await take();
  expect(await account.open()).toEqual([]);
});

test('of another currency is named, and nothing of it is kept', async () => {
  await open('2026-11-20T12:00:00Z');
  // Amazon's report is in pounds, and the connection sells in euros alone.
  account.connection.settings.marketplaces[0]!.id = 'A1PA6795UKMFR9';
  expect(await take()).toEqual({ result: 'refused', month: '2026-10' });
  expect(await account.open()).toEqual(['vat-report-refused']);
  expect(await stored()).toBeNull();
});
