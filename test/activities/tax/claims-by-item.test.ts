/**
 * Claims without a memo, each of one item of its order. By hand: order A has a pot 100.00 + 20.00 of Britain and a cup 10.00 + 2.00 that
 * Amazon withheld; order B a pot 50.00 without tax. Of 30 October: a chargeback of the cup −10.00 − 2.00, nothing of which was Britain's; of
 * order B one of −50.00 − 10.00, which was sold without tax; and one of the pot of order A, −25.00 − 5.00, which is Britain's. So the account
 * of Britain has 20.00 − 5.00 = 15.00, 12.00 stand on `sales-tax-payable` and are asked about, and October's return has box 6
 * 100.00 + 50.00 − 50.00 − 25.00 = 75.00. Total 120.00 + 12.00 − 2.00 + 50.00 − 12.00 − 60.00 − 30.00 = 78.00.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { readTaxTie } from '../../../src/activities/tax/read-tax-tie.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { documentsOfSettlement } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { vatView } from '../../../src/views/tax/vat-view.ts';
import { refund, sale, type Amount, type Cells } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';
import { bill, openTaxed, settled, SETTLEMENT } from './uk-sales.ts';

const [A, B] = ['202-1000071-0000001', '202-1000072-0000002'];
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const price = (net: string, tax: string | null, more: readonly Amount[] = []): Amount[] => [
  ['ItemPrice', 'Principal', net],
  ...(tax === null ? [] : [['ItemPrice', 'Tax', tax] as Amount]),
  ...more,
];
const sold = (order: string, item: string, sku: string, amounts: readonly Amount[]): Cells[] =>
  sale(
    {
      marketplace: 'Amazon.co.uk',
      order,
      shipment: `S${order.slice(-1)}`,
      at: '2026-10-28T12:00:00Z',
      item,
      sku,
      quantity: 1,
    },
    amounts,
  );
const claimed = (order: string, item: string, sku: string, amounts: readonly Amount[]): Cells[] =>
  refund({ marketplace: 'Amazon.co.uk', order, at: '2026-10-30T12:00:00Z', item, sku, quantity: 1 }, amounts).map(
    (row) => ({ ...row, 'transaction-type': 'Chargeback Refund' }),
  );
const WITHHELD: Amount = ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-2.00'];
const SOLD = [
  ...sold(A!, '91001', 'POT', price('100.00', '20.00')),
  ...sold(A!, '91002', 'CUP', price('10.00', '2.00', [WITHHELD])),
  ...sold(B!, '91003', 'POT', price('50.00', null)),
];

async function open(claims: readonly Cells[], total: string): Promise<void> {
  account = await openTaxed(postgres, [settled([...SOLD, ...claims], total)], {
    settings: { accounts: accountsByRole(['GBP'], ['GB']) },
  });
  await takeEverythingIn(account);
  for (const order of [A!, B!]) await bill(account, order);
  await upTo(account, 'movements', SETTLEMENT);
}
const prove = async (): Promise<string[]> => {
  const proof = await account.run(provePayout, { settlementId: SETTLEMENT });
  return proof.tied ? [] : proof.reasons;
};
const raised = async () =>
  (await openExceptions(account.connection.db, account.name))
    .filter(({ code }) => code === 'tax-of-nobody' || code === 'tax-residual')
    .map(({ code, evidence }) => [code, evidence.what])
    .sort();
/** What the journal has of tax by day and country; as a return counts it. */
const taxLines = async () =>
  (await documentsOfSettlement(account.connection.db, account.name, SETTLEMENT)).flatMap(({ key, date, plan }) =>
    key.purpose !== 'JE' || !('lines' in plan)
      ? []
      : (plan.lines as { role?: string; jurisdiction?: string; debit: bigint; credit: bigint }[])
          .filter(({ role }) => role === 'sales-tax-payable')
          .map(({ jurisdiction, debit, credit }) => [date, jurisdiction ?? null, credit - debit]),
  );
const october = async () => {
  const { connection } = account;
  const source = { store: { db: connection.db }, settings: connection.settings } as Parameters<typeof vatView>[0];
  const { lines, boxes } = await vatView(source, { month: '2026-10', netsuite: null, amazon: null });
  return {
    boxes: boxes && [boxes['1'], boxes['6']],
    claims: lines
      .filter(({ type }) => type === 'claim')
      .map(({ collector, case: why, net, tax }) => [collector, why, net, tax]),
  };
};
const tie = async () =>
  (await account.run(readTaxTie, { month: '2026-10' })).map(({ jurisdiction, documents, booked, ties }) => [
    jurisdiction,
    documents,
    booked,
    ties,
  ]);

test('tax of a claim is of the country that its own item has tax of, in the month of the claim, and the rest is asked about', async () => {
  await open(
    [
      ...claimed(A!, '91002', 'CUP', price('-10.00', '-2.00')),
      ...claimed(B!, '91003', 'POT', price('-50.00', '-10.00')),
      ...claimed(A!, '91001', 'POT', price('-25.00', '-5.00')),
    ],
    '78.00',
  );
  expect(await taxLines()).toEqual([
    ['2026-10-31', null, -1_200n],
    ['2026-10-31', 'GB', -500n],
  ]);
  expect((await prove()).some((reason) => reason.includes('tax that nobody withheld'))).toBe(true);
  expect(await raised()).toEqual([
    [
      'tax-of-nobody',
      `tax that nobody withheld stands on sales-tax-payable: −10.00 GBP of GB, that no document carries (order ${B})`,
    ],
    ['tax-residual', `tax of order ${A} leaves −2.00 GBP although Amazon collects it; it is on sales-tax-payable`],
  ]);
  expect(await tie()).toEqual([['GB', '15.00', '15.00', true]]);
  expect(await october()).toEqual({
    boxes: ['15.00', '75.00'],
    claims: [
      ['seller', 'taxed', '-25.00', '-5.00'],
      ['seller', 'zero', '-50.00', '0.00'],
      ['nobody', 'unclear', '-10.00', '-12.00'],
    ],
  });
}, 60_000);

test('what is claimed beyond what the item was sold with is nobody’s', async () => {
  // 20.00 were sold: of 12.00 and 12.00 that two claims give back 4.00 were never Britain's.
  const claim = claimed(A!, '91001', 'POT', price('-60.00', '-12.00'));
  await open([...claim, ...claim.map((row) => ({ ...row, 'transaction-type': 'A-to-z Guarantee Refund' }))], '36.00');
  expect(await taxLines()).toEqual([
    ['2026-10-31', null, -400n],
    ['2026-10-31', 'GB', -2_000n],
  ]);
  await prove();
  expect(await raised()).toEqual([
    [
      'tax-of-nobody',
      `tax that nobody withheld stands on sales-tax-payable: −4.00 GBP of GB, that no document carries (order ${A})`,
    ],
  ]);
  expect(await tie()).toEqual([['GB', '0.00', '0.00', true]]);
}, 60_000);

test('a claim of what was sold without tax takes its price back without any', async () => {
  await open(claimed(B!, '91003', 'POT', price('-50.00', null)), '130.00');
  await prove();
  expect(await raised()).toEqual([]);
  // 100.00 of the pot of order A are left.
  expect(await october()).toEqual({ boxes: ['20.00', '100.00'], claims: [['seller', 'zero', '-50.00', '0.00']] });
}, 60_000);
