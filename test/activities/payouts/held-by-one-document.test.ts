/**
 * An invoice of 100.00 of which one settlement pays 60.00 and the next 30.00: 10.00 are missing, and both payouts wait. Whoever
 * decides it ends the wait of both, though its exception names one.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startPayout } from '../../../src/activities/wake-payout.ts';
import { decideDifference } from '../../../src/activities/decisions/settle-difference.ts';
import { bankLineSeen } from '../../../src/contracts/payouts/payout.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadSettlement, setSettlementState } from '../../../src/store/payouts/settlements.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { POLICY, type AccountUnderTest } from '../account-under-test.ts';
import { bill, openTaxed, sales, saying, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const ORDER = '202-1000031-0000001';
const LATER = '30100000132';
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

test('a decided document wakes every payout that settles some of it', async () => {
  const paid = (amount: string, id: string) =>
    settled(sales([ORDER], { amounts: [['ItemPrice', 'Principal', amount]] }), amount, { id });
  account = await openTaxed(postgres, [paid('60.00', SETTLEMENT), paid('30.00', LATER)], {
    world: saying({ principal: '100.00', tax: '0.00' }),
  });
  await takeEverythingIn(account);
  const { invoice: document } = await bill(account, ORDER);
  for (const settlement of [SETTLEMENT, LATER]) await upTo(account, 'apply', settlement);
  const { db } = account.connection;
  const [open, ...others] = await openExceptions(db, account.name);
  expect([open!.code, open!.key, others]).toEqual(['document-differs', document, []]);
  const named = open!.payout!;
  const other = named === SETTLEMENT ? LATER : SETTLEMENT;
  await startPayout(account.connection, POLICY, (await loadSettlement(db, account.name, other))!, bankLineSeen);
  await setSettlementState(db, account.name, other, 'held');
  await account.run(decideDifference, { decision: { document, choice: 'variance', by: 'maria', why: 'case 1234' } });
  account.told();
  await upTo(account, 'apply', named);
  expect(await account.open()).toEqual([]);
  expect(account.told()).toContain(`${other} bankLineSeen`);
});
