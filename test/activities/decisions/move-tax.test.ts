/** The decision that moves tax to another jurisdiction, and its journal: once, on the accounts of the tax items, and refused with nothing stored. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { decideCorrectTax } from '../../../src/activities/decisions/correct-tax.ts';
import { decideMoveTax } from '../../../src/activities/decisions/move-tax.ts';
import { postCreditMemo } from '../../../src/activities/orders/post-refund.ts';
import { postTaxJournals } from '../../../src/activities/tax/post-tax-journals.ts';
import { readTaxTie } from '../../../src/activities/tax/read-tax-tie.ts';
import { documentsOfOrder } from '../../../src/store/documents/documents.ts';
import { loadRefunds } from '../../../src/store/orders/refunds.ts';
import { movesOfOrders } from '../../../src/store/tax/tax-moves.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { alsoInGermany, bill, openTaxed, sales, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { refund, type Amount } from '../../end-to-end/report.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const ORDER = '202-1000031-0000001';
const SAID = { by: 'maria', why: 'shipped from Germany' };
const WHOLE = { orderId: ORDER, from: 'GB', to: 'DE', net: '100.00', tax: '20.00' };
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

const BOTH = {
  registrations: ['GB', 'DE'],
  items: { GB: 'AMZ-VAT-GB', DE: 'AMZ-VAT-DE' },
  rates: { GB: { standard: 20 }, DE: { standard: 19 } },
};

/** One sale of October, 100.00 with 20.00, billed; the day is the 20th of November. */
async function open(settings: object = {}): Promise<void> {
  account = await openTaxed(postgres, [settled(sales([ORDER]), '120.00')], {
    tax: BOTH,
    world: alsoInGermany,
    settings,
  });
  await takeEverythingIn(account);
  await bill(account, ORDER);
}
const move = (over: object = {}, act: string = randomUUID()) =>
  account.run(decideMoveTax, { decision: { ...WHOLE, ...SAID, ...over }, act });
const booked = async () =>
  (
    await account.connection.netsuite.suiteql(
      "SELECT t.memo AS memo, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, a.acctnumber AS account, tl.foreignamount AS amount FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN account a ON a.id = tl.expenseaccount WHERE t.type = 'Journal' ORDER BY t.id, tl.id",
    )
  ).map(({ memo, day, account: number, amount }) => [memo, day, number, Number(amount)]);
const shut = (month: string, closed: boolean) =>
  account.netsuitePage('POST', '/admin/periods', { month, closed, allLocked: closed, arLocked: closed });
const tie = (month: string) => account.run(readTaxTie, { month });

test('is written down once, posted on the accounts of both tax items, dated the decision, and tied in both', async () => {
  await open();
  const journal = `AMZ_${account.name}_FTX_${ORDER}-m1_1`;
  const act = randomUUID();
  const first = await move({}, act);
  expect(first).toMatchObject({
    choice: 'DE',
    document: journal,
    detail: `20.00 GBP of tax on 100.00 GBP of order ${ORDER} moved from GB to DE: journal FTX ${ORDER}-m1`,
  });
  // Before NetSuite has it, the month's documents say nothing of it, and the accounts have not moved.
  expect(await tie('2026-11')).toEqual([]);
  // An attempt that comes again, whenever, finds what it decided.
  expect(await move({}, act)).toEqual(first);
  // What another asks for is not there any more.
  await expect(move({ by: 'ben' })).rejects.toMatchObject({ type: 'TAX_REFUSED' });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 0 });
  const memo = `FTX ${ORDER}-m1 1 · VAT of order ${ORDER} from GB to DE`;
  expect(await booked()).toEqual([
    [memo, '2026-11-20', '2211', 20],
    [memo, '2026-11-20', '2212', -20],
  ]);
  expect(await tie('2026-10')).toMatchObject([{ jurisdiction: 'GB', documents: '20.00', ties: true }]);
  expect(await tie('2026-11')).toMatchObject([
    { jurisdiction: 'DE', documents: '20.00', booked: '20.00', ties: true, foreign: '0.00' },
    { jurisdiction: 'GB', documents: '-20.00', booked: '-20.00', ties: true, foreign: '0.00' },
  ]);
  expect(await account.open()).toEqual([]);
});

test('as much once more is a move of its own, while the order carries it; each attempt finds its own', async () => {
  await open();
  const part = { net: '40.00', tax: '8.00' };
  const [one, other] = [randomUUID(), randomUUID()];
  // Each twice at once, as a worker that was taken for dead goes on beside its successor.
  const [first, ofFirst] = await Promise.all([move(part, one), move(part, one)]);
  const [second, ofSecond] = await Promise.all([
    move({ ...part, by: 'ben' }, other),
    move({ ...part, by: 'ben' }, other),
  ]);
  expect([ofFirst, ofSecond]).toEqual([first, second]);
  expect([first, second].map(({ document }) => document)).toEqual(
    [1, 2].map((number) => `AMZ_${account.name}_FTX_${ORDER}-m${number}_1`),
  );
  expect(first.detail).not.toContain('before');
  expect(second.detail).toBe(
    `8.00 GBP of tax on 40.00 GBP of order ${ORDER} moved from GB to DE: journal FTX ${ORDER}-m2; as much was moved so before, by maria on 20 Nov 2026 (${ORDER}-m1)`,
  );
  // 20.00 with 4.00 is left.
  await expect(move(part)).rejects.toMatchObject({ type: 'TAX_REFUSED', message: expect.stringContaining('4.00 GBP') });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 2, stopped: 0 });
  expect(await tie('2026-11')).toMatchObject([
    { jurisdiction: 'DE', documents: '16.00', booked: '16.00', ties: true },
    { jurisdiction: 'GB', documents: '-16.00', booked: '-16.00', ties: true },
  ]);
});

test('may go back, and there again', async () => {
  await open();
  await move();
  const back = await move({ from: 'DE', to: 'GB' });
  expect(back).not.toHaveProperty('already');
  expect(await move()).not.toHaveProperty('already');
  expect((await movesOfOrders(account.connection.db, account.name, [ORDER])).map(({ to }) => to)).toEqual([
    'DE',
    'GB',
    'DE',
  ]);
});

test('is refused, and nothing is stored', async () => {
  await open();
  const refused = async (over: object) =>
    move(over).then(
      () => null,
      (error: { type?: string; message: string }) => [error.type, error.message],
    );
  for (const [over, sentence] of [
    [{ orderId: '202-9999999-9999999' }, /No document of an order/],
    [{ to: 'GB' }, /both are GB/],
    [{ to: 'FR' }, /owes no tax in FR/],
    [{ from: 'DE', to: 'GB' }, /carries tax of the seller in DE/],
    [{ tax: '20.01' }, /cannot be moved/],
    [{ tax: '-20.00' }, /the same sign/],
    [{ net: '-100.00', tax: '-20.00' }, /Refunds of order/],
    [{ net: '100.001' }, /is no amount of GBP/],
  ] as const)
    expect(await refused(over)).toEqual(['TAX_REFUSED', expect.stringMatching(sentence)]);
  expect(await movesOfOrders(account.connection.db, account.name, [ORDER])).toEqual([]);
  expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 0 });
});

test('in a closed period waits for a person, and goes on when it is open', async () => {
  await open();
  await move();
  await shut('2026-11', true);
  // Periods are kept for a minute: the first attempt hears of it from NetSuite, the next one asks anew.
  await expect(account.run(postTaxJournals)).rejects.toMatchObject({ type: 'NETSUITE_PERIOD' });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 1 });
  expect(await account.open()).toEqual(['period-closed']);
  await shut('2026-11', false);
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  expect(await account.open()).toEqual([]);
});

test('in a closed period under first-open-day is booked on that day, says its own, and counts in that month', async () => {
  await open({ closedPeriod: 'first-open-day' });
  await shut('2026-11', true);
  await move();
  await expect(account.run(postTaxJournals)).rejects.toMatchObject({ type: 'NETSUITE_PERIOD' });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  const memo = `FTX ${ORDER}-m1 1 · VAT of order ${ORDER} from GB to DE`;
  expect(
    (await booked()).map(([said, ...rest]) => [
      String(said).startsWith(memo),
      String(said).includes('2026-11-20'),
      ...rest,
    ]),
  ).toEqual([
    [true, true, '2026-12-01', '2211', 20],
    [true, true, '2026-12-01', '2212', -20],
  ]);
  expect(await tie('2026-11')).toEqual([]);
  expect(await tie('2026-12')).toMatchObject([
    { jurisdiction: 'DE', documents: '20.00', booked: '20.00', ties: true },
    { jurisdiction: 'GB', documents: '-20.00', booked: '-20.00', ties: true },
  ]);
  expect(await account.open()).toEqual([]);
});

test('under posting: plan is written down and in no account; once live it is posted by itself', async () => {
  await open({ posting: 'plan' });
  const journal = `AMZ_${account.name}_FTX_${ORDER}-m1_1`;
  expect(await move()).toMatchObject({ document: journal });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 0, stopped: 0 });
  expect([account.writes(), await account.open(), await tie('2026-11')]).toEqual([[], [], []]);
  account.connection.settings.posting = 'live';
  await bill(account, ORDER);
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  expect((await booked()).map(([, ...rest]) => rest)).toEqual([
    ['2026-11-20', '2211', 20],
    ['2026-11-20', '2212', -20],
  ]);
});

// On 2 November 50.00 with 10.00 is given back; of that, 20.00 with 4.00 is Germany's.
test('of a part of a refund credits where the refund was and debits where it goes; more than it gave back is refused', async () => {
  const back = refund(
    { marketplace: 'Amazon.co.uk', order: ORDER, at: '2026-11-02T12:00:00Z', item: '91000', sku: 'POT', quantity: 1 },
    [
      ['ItemPrice', 'Principal', '-50.00'],
      ['ItemPrice', 'Tax', '-10.00'],
    ],
  );
  account = await openTaxed(postgres, [settled([...sales([ORDER]), ...back], '60.00')], {
    tax: BOTH,
    world: alsoInGermany,
  });
  await takeEverythingIn(account);
  await bill(account, ORDER);
  const [told] = await loadRefunds(account.connection.db, account.name, ORDER);
  expect(await account.run(postCreditMemo, { orderId: ORDER, refund: told!.key })).toMatchObject({ result: 'done' });
  const part = { net: '-20.00', tax: '-4.00' };
  expect(await move(part)).toMatchObject({
    detail: `−4.00 GBP of tax on −20.00 GBP of order ${ORDER} moved from GB to DE: journal FTX ${ORDER}-m1`,
  });
  await expect(move({ net: '-50.00', tax: '-10.00' })).rejects.toMatchObject({ type: 'TAX_REFUSED' });
  expect(await account.run(postTaxJournals)).toEqual({ posted: 1, stopped: 0 });
  expect((await booked()).map(([, ...rest]) => rest)).toEqual([
    ['2026-11-20', '2211', -4],
    ['2026-11-20', '2212', 4],
  ]);
  expect(await tie('2026-11')).toMatchObject([
    { jurisdiction: 'DE', documents: '-4.00', booked: '-4.00', ties: true },
    // −10.00 of the memo and 4.00 of the move.
    { jurisdiction: 'GB', documents: '-6.00', booked: '-6.00', ties: true },
  ]);
});

// 100.00 with 20.00 sold in October, moved on 20 November; 50.00 with 10.00 is given back.
test.each([
  ['as a whole, is credited to the country that it was moved to', {}, { DE: '10.00', GB: '-20.00' }],
  ['in part, stays where it was sold', { net: '60.00', tax: '12.00' }, { DE: '12.00', GB: '-22.00' }],
  ['there and back, stays where it was sold', null, { GB: '-10.00' }],
])('a refund of a sale that was moved %s', async (_, over, documents) => {
  const back = refund(
    { marketplace: 'Amazon.co.uk', order: ORDER, at: '2026-11-02T12:00:00Z', item: '91000', sku: 'POT', quantity: 1 },
    [
      ['ItemPrice', 'Principal', '-50.00'],
      ['ItemPrice', 'Tax', '-10.00'],
    ],
  );
  account = await openTaxed(postgres, [settled([...sales([ORDER]), ...back], '60.00')], {
    tax: { ...BOTH, rates: { GB: { standard: 20 }, DE: { standard: 19, other: 20 } } },
    world: alsoInGermany,
  });
  await takeEverythingIn(account);
  await bill(account, ORDER);
  await move(over ?? {});
  if (over === null) await move({ from: 'DE', to: 'GB' });
  await account.run(postTaxJournals);
  const [told] = await loadRefunds(account.connection.db, account.name, ORDER);
  expect(await account.run(postCreditMemo, { orderId: ORDER, refund: told!.key })).toMatchObject({ result: 'done' });
  const ties = await tie('2026-11');
  expect(ties.every(({ ties: same, documents: told, booked: moved }) => same && told === moved)).toBe(true);
  const moved = ties.map(({ jurisdiction, documents: sum }) => [jurisdiction, sum] as const);
  expect(Object.fromEntries(moved.filter(([, sum]) => Number(sum) !== 0))).toEqual(documents);
  expect(await account.open()).toEqual([]);
});

/** By hand: INV 120.00 of GB, moved to DE as a whole, and Amazon withheld it: the 20.00 come off DE, and GB stays at nothing. */
test('is followed by the correction of whose tax it is', async () => {
  const amounts: Amount[] = [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
  ];
  account = await openTaxed(postgres, [settled(sales([ORDER], { amounts }), '100.00')], {
    tax: BOTH,
    world: (told) => {
      for (const { items } of told.orders) for (const item of items) item.taxWithheld = false;
      return alsoInGermany(told);
    },
  });
  await takeEverythingIn(account);
  const { invoice } = await bill(account, ORDER);
  await upTo(account, 'apply', SETTLEMENT);
  await move();
  await account.run(decideCorrectTax, { decision: { document: invoice, by: 'maria', why: 'Amazon withheld it' } });
  const documents = await documentsOfOrder(account.connection.db, account.name, ORDER);
  const plan = documents.map((document) => document.plan).find((one) => 'corrects' in one);
  expect(plan).toMatchObject({ total: 2000n, lines: [{ amount: 2000n, tax: { jurisdiction: 'DE' } }] });
});
