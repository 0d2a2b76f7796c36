/**
 * A seller who owes tax in Britain, one settlement of amazon.co.uk. By hand: a sale 100.00 + 20.00, whose invoice carries its tax; a
 * chargeback about it without a memo, −25.00 − 5.00, whose tax is Britain's; and a chargeback about a sale that is not in these
 * books, −50.00 − 20.00, of which Amazon says that it withheld 10.00: so −10.00 is left although Amazon collects it. Total
 * 120.00 − 30.00 − 60.00 = 30.00. The process dies between what it writes down and what it raises.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { decideDifference } from '../../../src/activities/decisions/settle-difference.ts';
import { loadPayout } from '../../../src/activities/payouts/payout-setup.ts';
import { planJournal } from '../../../src/activities/payouts/plan-journal.ts';
import { postJournal } from '../../../src/activities/payouts/post-journal.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { documentsOfSettlement } from '../../../src/store/documents/documents.ts';
import { refund, type Amount } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { POLICY, type AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';
import { bill, openTaxed, sales, settled, SETTLEMENT } from './uk-sales.ts';

const [SOLD, CLAIMED] = ['202-1000091-0000001', '202-1000092-0000002'];
const REF = { connection: '', settlementId: SETTLEMENT, policy: POLICY };
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const claimed = (order: string, item: string, amounts: readonly Amount[]) =>
  refund(
    { marketplace: 'Amazon.co.uk', order, at: '2026-11-01T12:00:00Z', item, sku: 'POT', quantity: 1 },
    amounts,
  ).map((row) => ({ ...row, 'transaction-type': 'Chargeback Refund' }));

beforeEach(async () => {
  const rows = [
    ...sales([SOLD!]),
    ...claimed(SOLD!, '91000', [
      ['ItemPrice', 'Principal', '-25.00'],
      ['ItemPrice', 'Tax', '-5.00'],
    ]),
    ...claimed(CLAIMED!, '91009', [
      ['ItemPrice', 'Principal', '-50.00'],
      ['ItemPrice', 'Tax', '-20.00'],
      ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '10.00'],
    ]),
  ];
  account = await openTaxed(postgres, [settled(rows, '30.00')], {
    settings: { accounts: accountsByRole(['GBP'], ['GB']) },
  });
  await takeEverythingIn(account);
  await bill(account, SOLD!);
  await upTo(account, 'tie', SETTLEMENT);
});

const ref = () => ({ ...REF, connection: account.name });
const planned = async (connection: Connection = account.connection) => planJournal(await loadPayout(connection, ref()));
const residuals = async () =>
  (await openExceptions(account.connection.db, account.name))
    .filter(({ code }) => code === 'tax-residual')
    .map(({ key, evidence }) => [key, evidence.atStake]);
/** What the journal has of tax, by country; debit positive. */
const taxLines = async () =>
  (await documentsOfSettlement(account.connection.db, account.name, SETTLEMENT)).flatMap(({ plan }) =>
    'parts' in plan || !('lines' in plan)
      ? []
      : (plan.lines as { role?: string; jurisdiction?: string; debit: bigint; credit: bigint }[])
          .filter(({ role }) => role === 'sales-tax-payable')
          .map(({ jurisdiction, debit, credit }) => [jurisdiction ?? null, debit - credit]),
  );
const RESIDUAL = [[`${SETTLEMENT}:${CLAIMED}`, -1_000n]];
const TAX = [
  [null, 1_000n],
  ['GB', 500n],
];

test('tax that Amazon collects and that is left is raised though the process died once its journal was written down', async () => {
  await planned();
  expect(await residuals()).toEqual([]);
  await account.run(postJournal, { settlementId: SETTLEMENT });
  expect(await residuals()).toEqual(RESIDUAL);
  expect(await taxLines()).toEqual(TAX);
  // Run again it says the same.
  await account.run(postJournal, { settlementId: SETTLEMENT });
  expect(await residuals()).toEqual(RESIDUAL);
});

test('where it died before that, with the rows in their places already, each tax is of its country all the same', async () => {
  await planned();
  await account.connection.db
    .deleteFrom('documents')
    .where('settlement_id', '=', SETTLEMENT)
    .where('connection', '=', account.name)
    .where('purpose', '=', 'JE')
    .execute();
  await account.run(postJournal, { settlementId: SETTLEMENT });
  expect(await taxLines()).toEqual(TAX);
  expect(await residuals()).toEqual(RESIDUAL);
});

test('a plan that was never sent is planned anew with the same countries', async () => {
  const plan = { ...account.connection, settings: { ...account.connection.settings, posting: 'plan' as const } };
  for (let run = 0; run < 2; run += 1) {
    await planned(plan);
    expect(await taxLines()).toEqual(TAX);
  }
});

test('left by a person it ends, is not raised again, and is recorded once with the amount that was seen', async () => {
  await account.run(postJournal, { settlementId: SETTLEMENT });
  const leave = () =>
    account.run(decideDifference, {
      decision: { settlementId: SETTLEMENT, choice: 'leave' as const, by: 'maria', why: 'as in the tax report' },
    });
  const decided = await leave();
  // −10.00 in the report is 10.00 on the account.
  expect(decided.detail).toBe(`−10.00 GBP of tax of payout ${SETTLEMENT} stay on sales-tax-payable`);
  expect(await residuals()).toEqual([]);
  expect((await leave()).audit).toBe(decided.audit);
  await account.run(postJournal, { settlementId: SETTLEMENT });
  expect(await residuals()).toEqual([]);
  expect(await taxLines()).toEqual(TAX);
  const { db } = account.connection;
  const acts = await db
    .selectFrom('audit')
    .select(['decided_by', 'detail'])
    .where('action', '=', 'leave-tax')
    .where('connection', '=', account.name)
    .execute();
  expect(acts).toEqual([
    { decided_by: 'maria', detail: { settlementId: SETTLEMENT, residuals: [`${CLAIMED} -10.00`], choice: 'leave' } },
  ]);
});

test('before it was raised there is nothing to leave', async () => {
  await expect(
    account.run(decideDifference, {
      decision: { settlementId: SETTLEMENT, choice: 'leave' as const, by: 'maria', why: 'as in the tax report' },
    }),
  ).rejects.toThrow('there is nothing to leave');
});
