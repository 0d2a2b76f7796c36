/**
 * A seller who owes tax in Britain alone, one settlement of amazon.de in euros. By hand: a sale 100.00 + 20.00, whose 20.00 nobody
 * withheld; and a claim about a sale that is not in these books, −50.00 − 20.00. On `sales-tax-payable` the two come to nothing,
 * and each is somebody's: the payout is held up until a person has left both. Total 120.00 − 70.00 = 50.00.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { decideDifference } from '../../../src/activities/decisions/settle-difference.ts';
import { provePayout } from '../../../src/activities/payouts/prove-payout.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { vatView } from '../../../src/views/tax/vat-view.ts';
import { refund, type Amount } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';
import { bill, GB_TAX, openTaxed, sales, settled, SETTLEMENT } from './uk-sales.ts';

const [SOLD, CLAIMED] = ['304-1000081-0000001', '304-1000082-0000002'];
const AMAZON_WITHHELD: Amount = ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '10.00'];
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(tax: object, more: readonly Amount[] = [], total = '50.00'): Promise<void> {
  const claim = refund(
    { marketplace: 'Amazon.de', order: CLAIMED!, at: '2026-11-01T12:00:00Z', item: '91009', sku: 'POT', quantity: 1 },
    [['ItemPrice', 'Principal', '-50.00'], ['ItemPrice', 'Tax', '-20.00'], ...more],
  ).map((row) => ({ ...row, 'transaction-type': 'Chargeback Refund' }));
  const rows = [...sales([SOLD!], { marketplace: 'Amazon.de' }), ...claim];
  account = await openTaxed(postgres, [settled(rows, total, { currency: 'EUR' })], {
    tax,
    settings: { accounts: accountsByRole(['EUR', 'GBP'], ['GB']) },
  });
  await takeEverythingIn(account);
  await bill(account, SOLD!);
  await upTo(account, 'movements', SETTLEMENT);
}
const prove = async (): Promise<string[]> => {
  const proof = await account.run(provePayout, { settlementId: SETTLEMENT });
  return proof.tied ? [] : proof.reasons;
};
const raised = async () =>
  (await openExceptions(account.connection.db, account.name))
    .filter(({ code }) => code === 'tax-of-nobody' || code === 'tax-residual')
    .map(({ code, evidence }) => [code, evidence.what]);
const leave = () =>
  account.run(decideDifference, {
    decision: { settlementId: SETTLEMENT, choice: 'leave', by: 'maria', why: 'case 1234' },
  });

test('two amounts that make up for each other on the account are asked about, and not again once they are left', async () => {
  await open(GB_TAX);
  const what = `tax that nobody withheld stands on sales-tax-payable: 0.00 EUR of DE, which is not among tax.registrations (order ${SOLD} and 1 more)`;
  for (let run = 0; run < 2; run += 1) {
    expect((await prove()).some((reason) => reason.includes(what))).toBe(true);
    expect(await raised()).toEqual([['tax-of-nobody', what]]);
  }
  const decided = await leave();
  expect(await raised()).toEqual([]);
  expect((await leave()).audit).toBe(decided.audit);
  expect((await prove()).some((reason) => reason.includes('tax that nobody'))).toBe(false);
  expect(await raised()).toEqual([]);
}, 60_000);

test('what Amazon says that it collects is no question of whose it is', async () => {
  await open(GB_TAX, [AMAZON_WITHHELD], '60.00');
  await prove();
  expect((await raised()).map(([code, what]) => [code, /order ([\d-]+)/.exec(what!)?.[1]])).toEqual([
    ['tax-residual', CLAIMED],
    ['tax-of-nobody', SOLD],
  ]);
}, 60_000);

test('a marketplace whose tax is said to be left is not asked about, and tieout vat tells how much it is', async () => {
  await open(GB_TAX);
  const { connection } = account;
  const { marketplaces } = connection.settings;
  const settings = {
    ...connection.settings,
    marketplaces: marketplaces.map((one) => ({ ...one, unwithheldTax: 'leave' as const })),
  };
  const november = async (of: typeof settings | Connection['settings']) => {
    const source = { store: { db: connection.db }, settings: of } as Parameters<typeof vatView>[0];
    return vatView(source, { month: '2026-11', netsuite: null, amazon: null });
  };
  await prove();
  expect((await raised()).map(([code]) => code)).toEqual(['tax-of-nobody']);
  expect((await november(connection.settings)).left).toEqual([]);
  // What was asked ends with the next proof.
  const proof = await account.run(
    (one, input: Parameters<typeof provePayout>[1]) => provePayout({ ...one, settings }, input),
    {
      settlementId: SETTLEMENT,
    },
  );
  expect(JSON.stringify(proof)).not.toContain('tax that nobody');
  expect(await raised()).toEqual([]);
  const note =
    "0.00 EUR of tax of 2 orders of Amazon.de that nobody withheld and no document carries are left on sales-tax-payable (unwithheldTax: leave): in no sum, no box and no tie. Amazon's report (3) says whose it is.";
  const { left, notes } = await november(settings);
  expect(left).toEqual([{ marketplace: 'Amazon.de', currency: 'EUR', orders: 2, tax: '0.00', note }]);
  expect(notes).toContain(note);
  const october = { month: '2026-10', netsuite: null, amazon: null };
  expect((await vatView({ store: { db: connection.db }, settings } as never, october)).left).toEqual([]);
}, 60_000);

test('a seller who has said that he owes tax nowhere is asked nothing', async () => {
  await open({ registrations: [] });
  await prove();
  expect(await raised()).toEqual([]);
  await expect(leave()).rejects.toThrow("has no tax that is nobody's");
}, 60_000);

test('a decision stands for the orders and amounts that it was given for, not for others that come to the same', async () => {
  const OTHER = '304-1000083-0000003';
  account = await openTaxed(
    postgres,
    [
      settled(
        sales([SOLD!, OTHER], { marketplace: 'Amazon.de' }).filter(
          (row) => row['order-id'] === SOLD || row['amount-description'] !== 'Tax',
        ),
        '220.00',
        { currency: 'EUR' },
      ),
    ],
    { settings: { accounts: accountsByRole(['EUR', 'GBP'], ['GB']) } },
  );
  await takeEverythingIn(account);
  for (const order of [SOLD!, OTHER]) await bill(account, order);
  await upTo(account, 'movements', SETTLEMENT);
  const asks = (order: string) => [
    [
      'tax-of-nobody',
      `tax that nobody withheld stands on sales-tax-payable: 20.00 EUR of DE, which is not among tax.registrations (order ${order})`,
    ],
  ];
  await prove();
  expect(await raised()).toEqual(asks(SOLD!));
  // The report is issued again, and has the tax beside the other order: what was seen is not what is there.
  const beside = (order: string) =>
    account.connection.db
      .updateTable('settlement_rows')
      .set({ order_id: order, order_item_code: order === SOLD ? '91000' : '91001' })
      .where('connection', '=', account.name)
      .where('amount_description', '=', 'Tax')
      .execute();
  await beside(OTHER);
  await expect(leave()).rejects.toThrow('is no longer what was asked about');
  await beside(SOLD!);
  await leave();
  await prove();
  expect(await raised()).toEqual([]);
  await beside(OTHER);
  expect((await prove()).some((reason) => reason.includes(OTHER))).toBe(true);
  expect(await raised()).toEqual(asks(OTHER));
  await leave();
  await prove();
  expect(await raised()).toEqual([]);
  // As it was first, it is left already.
  await beside(SOLD!);
  await prove();
  expect(await raised()).toEqual([]);
}, 60_000);
