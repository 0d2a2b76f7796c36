/**
 * A claim without a memo about a sale whose tax was moved. By hand: 100.00 + 20.00 of Britain, dispatched on 28 October; a
 * chargeback −25.00 − 5.00 in the settlement of 4 November, whose journal is dated the 3rd. Moved before the journal is planned,
 * the claim's 5.00 are Germany's, as the sale's 20.00 are: November has 20.00 − 5.00 = 15.00 there and −20.00 in Britain. Moved
 * since, they stay Britain's: 20.00, and −20.00 − 5.00 = −25.00. Total of the settlement 120.00 − 30.00 = 90.00.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { decideMoveTax } from '../../../src/activities/decisions/move-tax.ts';
import { postTaxJournals } from '../../../src/activities/tax/post-tax-journals.ts';
import { readTaxTie } from '../../../src/activities/tax/read-tax-tie.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { refund } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';
import { alsoInGermany, bill, openTaxed, sales, settled, SETTLEMENT } from './uk-sales.ts';

const ORDER = '202-1000095-0000001';
const BOTH = {
  registrations: ['GB', 'DE'],
  items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
  rates: { GB: { standard: 20 }, DE: { standard: 19 } },
};
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

beforeEach(async () => {
  const claim = refund(
    { marketplace: 'Amazon.co.uk', order: ORDER, at: '2026-11-01T12:00:00Z', item: '91000', sku: 'POT', quantity: 1 },
    [
      ['ItemPrice', 'Principal', '-25.00'],
      ['ItemPrice', 'Tax', '-5.00'],
    ],
  ).map((row) => ({ ...row, 'transaction-type': 'A-to-z Guarantee Refund' }));
  account = await openTaxed(postgres, [settled([...sales([ORDER]), ...claim], '90.00')], {
    tax: BOTH,
    world: alsoInGermany,
    settings: { accounts: accountsByRole(['GBP', 'EUR'], ['GB', 'DE']) },
  });
  await takeEverythingIn(account);
  await bill(account, ORDER);
});

async function move(net: string, tax: string): Promise<void> {
  const decision = { orderId: ORDER, from: 'GB', to: 'DE', net, tax, by: 'maria', why: 'shipped from Germany' };
  await account.run(decideMoveTax, { decision, act: randomUUID() });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
}
const november = async () =>
  (await account.run(readTaxTie, { month: '2026-11' })).map(({ jurisdiction, documents, booked, ties }) => [
    jurisdiction,
    documents,
    booked,
    ties,
  ]);

test('goes where the sale is when its journal is planned', async () => {
  await move('100.00', '20.00');
  await upTo(account, 'movements', SETTLEMENT);
  expect(await november()).toEqual([
    ['DE', '15.00', '15.00', true],
    ['GB', '-20.00', '-20.00', true],
  ]);
});

test('stays where its journal has it when the sale is moved since', async () => {
  await upTo(account, 'movements', SETTLEMENT);
  await move('100.00', '20.00');
  expect(await november()).toEqual([
    ['DE', '20.00', '20.00', true],
    ['GB', '-25.00', '-25.00', true],
  ]);
});

test('of a sale that was moved in part stays in its country', async () => {
  await move('40.00', '8.00');
  await upTo(account, 'movements', SETTLEMENT);
  expect(await november()).toEqual([
    ['DE', '8.00', '8.00', true],
    ['GB', '-13.00', '-13.00', true],
  ]);
});
