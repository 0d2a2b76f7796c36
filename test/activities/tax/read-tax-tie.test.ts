/** The seller's tax in documents of a month beside the account of its jurisdiction, as NetSuite's side tells it. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { readTaxTie } from '../../../src/activities/tax/read-tax-tie.ts';
import { decimal } from '../../../src/clients/netsuite/write-json.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn } from '../worked-example.ts';
import { bill, GB_TAX, openTaxed, sales, settled } from './uk-sales.ts';

const ORDER = '202-1000001-0000001';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** 100.00 and 20.00 of tax, dispatched on 28 October. */
const open = (tax: object) => openTaxed(postgres, [settled(sales([ORDER]), '120.00')], { tax });

test('readTaxTie holds our invoice against the account of its month, and names what others booked there', async () => {
  account = await open(GB_TAX);
  await billed();
  await somebodysJournal('2026-10-31', '7.50');
  await somebodysJournal('2026-11-01', '1.00');
  account.writes();

  const GB = { jurisdiction: 'GB', currency: 'GBP', account: '2211' };
  const journal = (day: string, amount: string) => ({ name: expect.any(String), type: 'Journal', day, amount });
  const AGREES = { difference: '0.00', ties: true, differing: [], differingCount: 0, othersCount: 1 };
  expect(await account.run(readTaxTie, { month: '2026-10' })).toEqual([
    {
      ...GB,
      ...AGREES,
      documents: '20.00',
      booked: '20.00',
      foreign: '-7.50',
      others: [journal('2026-10-31', '-7.50')],
    },
  ]);
  expect(await account.run(readTaxTie, { month: '2026-11' })).toEqual([
    { ...GB, ...AGREES, documents: '0.00', booked: '0.00', foreign: '-1.00', others: [journal('2026-11-01', '-1.00')] },
  ]);
  expect(await account.run(readTaxTie, { month: '2026-09' })).toEqual([]);
  expect(account.writes()).toEqual([]);
});

test('readTaxTie names an invoice that NetSuite no longer has', async () => {
  account = await open(GB_TAX);
  const externalId = await billed();
  const held = await account.connection.netsuite.lookups.transactionByExternalId(externalId);
  await account.deleteDocument('invoice', held!.id);
  expect(await account.run(readTaxTie, { month: '2026-10' })).toMatchObject([
    {
      documents: '20.00',
      booked: '0.00',
      difference: '-20.00',
      ties: false,
      differing: [{ document: externalId, documents: '20.00', booked: '0.00' }],
    },
  ]);
});

test('readTaxTie has nothing where NetSuite lacks the item, and asks nothing without registrations', async () => {
  account = await open({ ...GB_TAX, items: { GB: 'NO-SUCH-ITEM' } });
  expect(await account.run(readTaxTie, { month: '2026-10' })).toEqual([]);
  await account.close();
  account = await open({ registrations: [] });
  account.calls();
  expect(await account.run(readTaxTie, { month: '2026-10' })).toEqual([]);
  expect(account.calls()).toEqual([]);
});

async function billed(): Promise<string> {
  await takeEverythingIn(account);
  return (await bill(account, ORDER)).invoice;
}

/** The return of a quarter, cleared by hand: a debit on the account of tax. */
async function somebodysJournal(tranDate: string, amount: string): Promise<void> {
  const { netsuite } = account.connection;
  const [tax, equity, currency, subsidiary] = await Promise.all([
    netsuite.lookups.accountByNumber('2211'),
    netsuite.lookups.accountByNumber('3900'),
    netsuite.lookups.currencyByCode('GBP'),
    netsuite.lookups.subsidiaryByName('Simulated Seller'),
  ]);
  const outcome = await netsuite.create('journalEntry', {
    tranDate,
    memo: 'VAT return',
    currency: { id: currency!.id },
    subsidiary: { id: subsidiary!.id },
    line: {
      items: [
        { account: { id: tax!.id }, debit: decimal(amount) },
        { account: { id: equity!.id }, credit: decimal(amount) },
      ],
    },
  });
  if (outcome.outcome !== 'posted') throw new Error(JSON.stringify(outcome));
}
