/** The decision that enters one of Amazon's invoices for fees, and its journal: once per number, dated the invoice. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decideBookFeeInvoice } from '../../../src/activities/decisions/book-fee-invoice.ts';
import { postTaxJournals } from '../../../src/activities/tax/post-tax-journals.ts';
import { lastDayOfMonth } from '../../../src/domain/money/instant.ts';
import { invoicesBookedIn } from '../../../src/store/tax/fee-invoices.ts';
import { accountsByRole } from '../../../src/local/demo-month/chart-of-accounts.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { GB_TAX, openTaxed, sales, settled } from '../tax/uk-sales.ts';

const INVOICE = {
  number: 'UK-AEU-2026-1234',
  date: '2026-10-31',
  jurisdiction: 'GB',
  role: 'selling-fees',
  net: '40.00',
  tax: '8.00',
  treatment: 'charged',
  by: 'maria',
  why: 'October',
} as const;
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(tax: object = {}, more: object = {}): Promise<void> {
  account = await openTaxed(postgres, [settled(sales(['202-1000041-0000001']), '120.00')], {
    tax: { ...GB_TAX, feeInvoices: 'ours', ...tax },
    settings: { accounts: { ...accountsByRole(['GBP'], ['GB']), 'input-tax:GB': '1290' }, ...more },
    seed: (seed) => ({
      ...seed,
      accounts: [...seed.accounts, { number: '1290', name: 'Input VAT GB', type: 'OthCurrAsset' }],
    }),
  });
}
const enter = (over: object = {}) => account.run(decideBookFeeInvoice, { decision: { ...INVOICE, ...over } });
const booked = async () =>
  (
    await account.connection.netsuite.suiteql(
      "SELECT t.memo AS memo, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, a.acctnumber AS account, tl.foreignamount AS amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount WHERE t.type = 'Journal' ORDER BY t.id, tl.id",
    )
  ).map(({ memo, day, account: number, amount }) => [memo, day, number, Number(amount)]);
const documents = async () =>
  (
    await account.connection.db
      .selectFrom('documents')
      .select('external_id')
      .where('connection', '=', account.name)
      .execute()
  ).length;

test('is entered once, and its tax is reclaimed by a journal that is dated the invoice', async () => {
  await open();
  const first = await enter();
  expect(first).toMatchObject({
    choice: 'charged',
    detail: 'invoice UK-AEU-2026-1234 of 2026-10-31: selling-fees 40.00 GBP and 8.00 GBP of tax, charged',
    document: `AMZ_${account.name}_FTX_UK-AEU-2026-1234_1`,
  });
  expect(account.told()).toEqual(['tax looks']);
  expect(await enter({ by: 'ben', why: 'again' })).toMatchObject({ audit: first.audit, already: { by: 'maria' } });
  // Typed in another way it is the same paper, and its tax is not reclaimed twice.
  for (const number of ['uk-aeu-2026-1234', ' UK-AEU-2026-1234 '])
    expect(await enter({ number })).toMatchObject({ audit: first.audit, document: first.document });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  const memo = "FTX UK-AEU-2026-1234 1 · VAT GB of Amazon's invoice UK-AEU-2026-1234";
  expect(await booked()).toEqual([
    [memo, '2026-10-31', '1290', 8],
    [memo, '2026-10-31', '6110', -8],
  ]);
});

test.each(['reverse', 'zero'])('that is %s is entered, and posts nothing', async (treatment) => {
  await open();
  expect(await enter({ treatment, tax: '0.00' })).not.toHaveProperty('document');
  expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 0 });
  expect(await documents()).toBe(0);
});

test('is refused, and nothing is stored', async () => {
  await open();
  await enter({ number: 'OLD' });
  for (const [over, sentence] of [
    [
      { number: 'OLD', tax: '7.00' },
      /entered with other figures by maria: invoice OLD of 2026-10-31: selling-fees 40\.00/,
    ],
    [{ number: 'OLD', treatment: 'reverse', tax: '0.00' }, /entered with other figures/],
    [{ jurisdiction: 'DE' }, /owes no tax in DE/],
    [{ role: 'tax-on-fees' }, /is no role of fees/],
    [{ date: '2026-11-21' }, /still to come/],
    [{ date: '2026-10-19' }, /before the cut-over/],
    [{ marketplace: 'A1PA6795UKMFR9' }, /has no marketplace/],
    [{ tax: '0.00' }, /charged has tax/],
    [{ number: 'old', tax: '7.00' }, /Invoice old was entered with other figures by maria: invoice OLD/],
    [{ net: '8.00', tax: '40.00' }, /more than 20 % of the net/],
    [{ net: '40.001' }, /is no amount of GBP/],
  ] as const)
    await expect(enter(over)).rejects.toMatchObject({
      type: 'TAX_REFUSED',
      message: expect.stringMatching(sentence),
      nonRetryable: true,
    });
  expect(await documents()).toBe(1);
});

test('is refused where Amazon’s invoices are entered in NetSuite: their tax would be reclaimed twice', async () => {
  await open({ feeInvoices: 'netsuite' });
  await expect(enter()).rejects.toMatchObject({
    type: 'TAX_REFUSED',
    message: expect.stringMatching(/vendor bills .* reclaim their tax twice/),
  });
  expect(await documents()).toBe(0);
});

describe('its journal, where October is closed,', () => {
  const shut = (closed: boolean) =>
    account.netsuitePage('POST', '/admin/periods', { month: '2026-10', closed, allLocked: closed, arLocked: closed });
  const report = async (month: string) => {
    const { db } = account.connection;
    const from = `${month}-01`;
    return (await invoicesBookedIn(db, account.name, { from, to: lastDayOfMonth(from) })).map(
      ({ number, booked: day }) => [number, day],
    );
  };

  test('waits for a person, and goes on when it is open', async () => {
    await open();
    await shut(true);
    await enter();
    expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 1 });
    expect(await account.open()).toEqual(['period-closed']);
    await shut(false);
    expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
    expect([await account.open(), await report('2026-10')]).toEqual([[], [['UK-AEU-2026-1234', '2026-10-31']]]);
  });

  test('is booked on the first open day under first-open-day, and is of that month', async () => {
    await open({}, { closedPeriod: 'first-open-day' });
    await shut(true);
    await enter();
    expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
    expect((await booked()).map(([, ...rest]) => rest)).toEqual([
      ['2026-11-01', '1290', 8],
      ['2026-11-01', '6110', -8],
    ]);
    expect([await report('2026-10'), await report('2026-11')]).toEqual([[], [['UK-AEU-2026-1234', '2026-11-01']]]);
  });
});

test('under posting: plan it is written down and in no account; once live it is posted by itself', async () => {
  await open({}, { posting: 'plan' });
  await enter();
  expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 0 });
  expect([account.writes(), await booked(), await account.open()]).toEqual([[], [], []]);
  account.connection.settings.posting = 'live';
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  expect((await booked()).map(([, ...rest]) => rest)).toEqual([
    ['2026-10-31', '1290', 8],
    ['2026-10-31', '6110', -8],
  ]);
});
