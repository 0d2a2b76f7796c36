/** A refund is read as its sale was booked, whatever the settings of tax are by then. Sums by hand: 120.00 is 100.00 and 20.00. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { postCreditMemo, postReturnAuthorisation } from '../../../src/activities/orders/post-refund.ts';
import { refundPlanOf } from '../../../src/domain/documents/document-plans.ts';
import { documentsOfOrder } from '../../../src/store/documents/documents.ts';
import { loadRefunds } from '../../../src/store/orders/refunds.ts';
import { refund, type Amount } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn } from '../worked-example.ts';
import { bill, GB_TAX, openTaxed, sales, settled } from './uk-sales.ts';

const ORDER = '202-1000021-0000001';
const NET: Amount[] = [
  ['ItemPrice', 'Principal', '100.00'],
  ['ItemPrice', 'Tax', '20.00'],
];
const NET_BACK: Amount[] = [
  ['ItemPrice', 'Principal', '-100.00'],
  ['ItemPrice', 'Tax', '-20.00'],
];
const GROSS: Amount[] = [['ItemPrice', 'Principal', '120.00']];
const GROSS_BACK: Amount[] = [['ItemPrice', 'Principal', '-120.00']];
const NOWHERE = { ...GB_TAX, registrations: [] };
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

test.each([
  ['Amazon calculates by then', 'rates', GB_TAX, GROSS, 'amazon', GB_TAX, GROSS_BACK, [10000n, 2000n]],
  ['Amazon calculates no more', 'amazon', GB_TAX, NET, 'rates', GB_TAX, NET_BACK, [10000n, 2000n]],
  ['the seller owed no tax then', 'amazon', NOWHERE, NET, 'amazon', GB_TAX, NET_BACK, [10000n]],
  ['the seller owes none any more', 'amazon', GB_TAX, NET, 'amazon', NOWHERE, NET_BACK, [10000n, 2000n]],
] as const)('%s', async (_, sold, tax, amounts, now, taxNow, back, expected) => {
  const marketplaces = (calculatedBy: 'amazon' | 'rates') => [
    { id: 'A1F83G8C2ARO7P', customer: 'Amazon GB', location: 'FBA GB', calculatedBy },
  ];
  const cells = { marketplace: 'Amazon.co.uk', order: ORDER, item: '91000', sku: 'POT', quantity: 1 };
  const rows = refund({ ...cells, at: '2026-11-01T12:00:00Z' }, [...back]);
  account = await openTaxed(postgres, [settled([...sales([ORDER], { amounts }), ...rows], '0.00')], {
    tax,
    settings: { marketplaces: marketplaces(sold) },
  });
  await takeEverythingIn(account);
  await bill(account, ORDER);
  const { settings } = account.connection;
  const later = {
    ...account.connection,
    settings: {
      ...settings,
      tax: { ...settings.tax!, ...taxNow },
      marketplaces: settings.marketplaces.map((one) => ({ ...one, calculatedBy: now })),
    },
  };
  const [told] = await loadRefunds(account.connection.db, account.name, ORDER);
  for (const post of [postReturnAuthorisation, postCreditMemo])
    await post(later, { connection: account.name, orderId: ORDER, refund: told!.key });
  const documents = await documentsOfOrder(account.connection.db, account.name, ORDER);
  const plans = documents.flatMap((document) => (document.key.purpose === 'CM' ? (refundPlanOf(document) ?? []) : []));
  expect(plans.map(({ lines }) => lines.map(({ amount }) => amount))).toEqual([expected]);
  // The unit comes back whole.
  expect(plans[0]!.lines[0]).toMatchObject({ goods: true, quantity: 1, sku: 'POT' });
});
