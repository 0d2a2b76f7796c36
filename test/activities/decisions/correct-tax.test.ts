/** The decision about whose tax a document has: written down once, told to its payout, and refused with nothing stored. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { decideCorrectTax } from '../../../src/activities/decisions/correct-tax.ts';
import { decideDifference } from '../../../src/activities/decisions/settle-difference.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../../src/activities/orders/post-refund.ts';
import { renderCommand } from '../../../src/domain/exceptions/render-remedy.ts';
import { loadDocument } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadRefunds } from '../../../src/store/orders/refunds.ts';
import { endUnclearTax } from '../../../src/activities/tax/unclear-tax.ts';
import { payoutStatus } from '../../../src/store/payouts/payout-status.ts';
import { refund, sale, type Amount } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { bill, openTaxed, sales, sayingSellers, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const ORDER = '202-1000021-0000001';
const SAID = { by: 'maria', why: 'case 1234' };
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

/** One sale, billed as the seller's whatever its rows say. */
async function open(
  total: string,
  amounts: Amount[],
  told: { principal?: string; tax?: string } = {},
): Promise<string> {
  account = await openTaxed(postgres, [settled(sales([ORDER], { amounts }), total)], {
    world: sayingSellers(told),
  });
  await takeEverythingIn(account);
  const { invoice } = await bill(account, ORDER);
  await upTo(account, 'apply', SETTLEMENT);
  return invoice;
}
const written = async () =>
  (
    await account.connection.db
      .selectFrom('documents')
      .select(['external_id', 'state', 'date', 'total'])
      .where('connection', '=', account.name)
      .where('external_id', 'like', '%-t1_1')
      .execute()
  ).map((row) => [row.external_id, row.state, row.date, row.total]);

test('is written down once, and its payout posts it, dated the decision', async () => {
  const document = await open('100.00', [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
  ]);
  expect(await account.open()).toEqual(['tax-collector-differs']);
  account.told();
  const first = await account.run(decideCorrectTax, { decision: { document, ...SAID } });
  const memo = `AMZ_${account.name}_CM_${ORDER}-GB0-t1_1`;
  expect(first).toEqual({
    audit: expect.any(Number),
    released: 1,
    choice: 'amazon',
    detail: `20.00 GBP of tax of ${document} are owed by Amazon: ${memo}`,
  });
  expect(account.told()).toEqual([`payout ${SETTLEMENT} differenceSettled`]);
  expect(await written()).toEqual([[memo, 'planned', '2026-11-20', 2000n]]);
  expect(await account.run(decideCorrectTax, { decision: { document, by: 'ben', why: 'again' } })).toMatchObject({
    audit: first.audit,
    already: { by: 'maria', at: expect.stringMatching(/^2026-11-20T12:00:/) },
  });
  await upTo(account, 'apply', SETTLEMENT);
  await upTo(account, 'apply', SETTLEMENT);
  expect(await written()).toEqual([[memo, 'posted', '2026-11-20', 2000n]]);
  expect(await account.open()).toEqual([]);
});

test('a document whose rows say nothing else is refused, and so is a difference that is not of its tax', async () => {
  const document = await open('110.00', [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-10.00'],
  ]);
  expect(await account.open()).toEqual(['document-differs']);
  for (const asked of [document, 'AMZ_x'])
    await expect(account.run(decideCorrectTax, { decision: { document: asked, ...SAID } })).rejects.toMatchObject({
      type: 'DIFFERENCE_UNKNOWN',
      nonRetryable: true,
    });
  expect(await written()).toEqual([]);
});

test('tax that no rate gives is named, holds nothing up, and ends with a rate that does', async () => {
  await open('113.00', [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '13.00'],
  ]);
  expect(await account.open()).toEqual(['tax-unclear']);
  await account.run(endUnclearTax);
  expect(await account.open()).toEqual(['tax-unclear']);
  const { settings } = account.connection;
  const tax = { ...settings.tax!, rates: { GB: { ...settings.tax!.rates['GB'], other: 13 } } };
  await endUnclearTax({ ...account.connection, settings: { ...settings, tax } });
  expect(await account.open()).toEqual([]);
});

test('net and tax that Amazon rounds otherwise are counted once, and more is named', async () => {
  const rounded = async (principal: string, tax: string) => {
    const amounts: Amount[] = [
      ['ItemPrice', 'Principal', principal],
      ['ItemPrice', 'Tax', tax],
    ];
    await open('120.00', amounts, { principal: '100.00', tax: '20.00' });
    await upTo(account, 'apply', SETTLEMENT);
    const status = await payoutStatus(account.connection.db, account.name, SETTLEMENT);
    return [status?.taxRoundings, await account.open()];
  };
  expect(await rounded('100.01', '19.99')).toEqual([1, []]);
  await account.close();
  expect(await rounded('100.02', '19.98')).toEqual([0, ['tax-split-differs']]);
});

/** By hand: 40.00 + 8.00 of which Amazon withheld 8.00, so INV 40.00; its refund −40.00 − 8.00 with nothing withheld back, so CM 40.00. */
test('a refund gives back no tax that its sale has not: it is left on sales-tax-payable, and all else is refused', async () => {
  const cells = { marketplace: 'Amazon.co.uk', order: ORDER, item: '91000', sku: 'POT', quantity: 1 };
  const back = refund({ ...cells, at: '2026-11-01T12:00:00Z' }, [
    ['ItemPrice', 'Principal', '-40.00'],
    ['ItemPrice', 'Tax', '-8.00'],
  ]);
  const sold: Amount[] = [
    ['ItemPrice', 'Principal', '40.00'],
    ['ItemPrice', 'Tax', '8.00'],
    ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-8.00'],
  ];
  account = await openTaxed(postgres, [settled([...sales([ORDER], { amounts: sold }), ...back], '-8.00')]);
  await takeEverythingIn(account);
  await bill(account, ORDER);
  const [told] = await loadRefunds(account.connection.db, account.name, ORDER);
  const { key } = told!;
  for (const post of [postReturnAuthorisation, postCreditMemo])
    await account.run(post, { orderId: ORDER, refund: key });
  await upTo(account, 'apply', SETTLEMENT);
  const document = `AMZ_${account.name}_CM_${key}_1`;
  const remedies = async () =>
    (await openExceptions(account.connection.db, account.name)).map(({ code, remedy }) => [
      code,
      renderCommand(remedy),
    ]);
  expect(await remedies()).toEqual([
    ['tax-collector-differs', `npx tieout settle-difference ${document} leave --why "…"`],
  ]);
  const refused = { type: 'TAX_REFUSED', nonRetryable: true };
  await expect(account.run(decideCorrectTax, { decision: { document, ...SAID } })).rejects.toMatchObject(refused);
  const settle = (choice: 'variance' | 'leave') =>
    account.run(decideDifference, { decision: { document, choice, ...SAID } });
  await expect(settle('variance')).rejects.toMatchObject(refused);
  const decided = await settle('leave');
  expect(decided.detail).toBe(`8.00 GBP of ${document} of tax go to sales-tax-payable`);
  expect((await settle('leave')).audit).toBe(decided.audit);
  await upTo(account, 'apply', SETTLEMENT);
  expect(await remedies()).toEqual([]);
  expect(await written()).toEqual([]);
});

/**
 * By hand: INV 120.00 of which Amazon withheld 20.00; its refund −100.00 − 20.00, nothing withheld back, is CM 120.00 before
 * anybody decides. The tax is off the account of GB by then: the 20.00 that Amazon kept are on sales-tax-payable.
 */
test('tax that a refund has given back before comes off no second time: what Amazon withheld is left on sales-tax-payable', async () => {
  const cells = { marketplace: 'Amazon.co.uk', order: ORDER, item: '91000', sku: 'POT', quantity: 1 };
  const back = refund({ ...cells, at: '2026-11-01T12:00:00Z' }, [
    ['ItemPrice', 'Principal', '-100.00'],
    ['ItemPrice', 'Tax', '-20.00'],
  ]);
  const sold: Amount[] = [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
  ];
  account = await openTaxed(postgres, [settled([...sales([ORDER], { amounts: sold }), ...back], '-20.00')], {
    world: (world) => {
      for (const { items } of world.orders) for (const item of items) item.taxWithheld = false;
      return world;
    },
  });
  await takeEverythingIn(account);
  const { invoice: document } = await bill(account, ORDER);
  const [told] = await loadRefunds(account.connection.db, account.name, ORDER);
  for (const post of [postReturnAuthorisation, postCreditMemo])
    await account.run(post, { orderId: ORDER, refund: told!.key });
  await upTo(account, 'apply', SETTLEMENT);
  const open = await openExceptions(account.connection.db, account.name);
  expect(open.map(({ code, remedy }) => [code, renderCommand(remedy)])).toEqual([
    ['tax-collector-differs', `npx tieout settle-difference ${document} leave --why "…"`],
  ]);
  const refused = { type: 'TAX_REFUSED', nonRetryable: true };
  await expect(account.run(decideCorrectTax, { decision: { document, ...SAID } })).rejects.toMatchObject(refused);
  const settle = (choice: 'variance' | 'leave') =>
    account.run(decideDifference, { decision: { document, choice, ...SAID } });
  await expect(settle('variance')).rejects.toMatchObject(refused);
  expect((await settle('leave')).detail).toBe(`−20.00 GBP of ${document} of tax go to sales-tax-payable`);
  await upTo(account, 'apply', SETTLEMENT);
  expect(await account.open()).toEqual([]);
  expect(await written()).toEqual([]);
});

test('tax that Amazon withheld is neither settled nor left: it comes off', async () => {
  const document = await open('100.00', [
    ['ItemPrice', 'Principal', '100.00'],
    ['ItemPrice', 'Tax', '20.00'],
    ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
  ]);
  for (const choice of ['variance', 'leave'] as const)
    await expect(account.run(decideDifference, { decision: { document, choice, ...SAID } })).rejects.toMatchObject({
      type: 'TAX_REFUSED',
    });
});

/** By hand: a pot 100.00 + 20.00, of which Amazon withheld 20.00, and a bowl 30.00 + 6.00, of which it withheld nothing. */
test.each([
  // Billed 156.00 as the seller's, settled 136.00: the pot's tax is Amazon's after all.
  [
    false,
    '20.00 GBP of tax of AMZ_x are owed by Amazon: ',
    ['CM', 2000n, '91000 tax'],
    'carries 20.00 GBP of tax as the seller',
  ],
  // Billed 130.00 as Amazon's, settled 136.00: the bowl's is the seller's after all.
  [
    true,
    '6.00 GBP of tax of AMZ_x are owed by the seller: ',
    ['INV', 600n, '91001 tax'],
    'carries no tax of one item, and',
  ],
] as const)(
  'of two items one has another collector than was told (Amazon collects both: %s)',
  async (told, said, correction, what) => {
    const sold = (item: string, sku: string, amounts: Amount[]) =>
      sale(
        {
          marketplace: 'Amazon.co.uk',
          order: ORDER,
          shipment: 'GB0',
          at: '2026-10-28T12:00:00Z',
          item,
          sku,
          quantity: 1,
        },
        amounts,
      );
    const rows = [
      ...sold('91000', 'POT', [
        ['ItemPrice', 'Principal', '100.00'],
        ['ItemPrice', 'Tax', '20.00'],
        ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', '-20.00'],
      ]),
      ...sold('91001', 'BOWL', [
        ['ItemPrice', 'Principal', '30.00'],
        ['ItemPrice', 'Tax', '6.00'],
      ]),
    ];
    account = await openTaxed(postgres, [settled(rows, '136.00')], {
      world: (world) => {
        for (const { items } of world.orders) for (const item of items) item.taxWithheld = told;
        return world;
      },
    });
    await takeEverythingIn(account);
    const { invoice: document } = await bill(account, ORDER);
    await upTo(account, 'apply', SETTLEMENT);
    const open = await openExceptions(account.connection.db, account.name);
    expect(open.map(({ code, evidence }) => [code, evidence.what])).toEqual([
      ['tax-collector-differs', expect.stringContaining(what)],
    ]);
    const decided = await account.run(decideCorrectTax, { decision: { document, ...SAID } });
    const [purpose, total, tag] = correction;
    const externalId = `AMZ_${account.name}_${purpose}_${ORDER}-GB0-t1_1`;
    expect(decided.detail).toBe(`${said.replace('AMZ_x', document)}${externalId}`);
    await upTo(account, 'apply', SETTLEMENT);
    await upTo(account, 'apply', SETTLEMENT);
    expect(await written()).toEqual([[externalId, 'posted', '2026-11-20', total]]);
    const { plan } = (await loadDocument(account.connection.db, externalId))!;
    expect(plan).toMatchObject({ lines: [{ tag, amount: total }] });
    expect(await account.open()).toEqual([]);
  },
);

/** Billed 120.00; settled 100.00 + 20.00 − 20.00, so CM-t1 20.00; then Amazon gives the 20.00 back: the correction is settled for 0.00. */
test('tax that Amazon gives back after a correction is no variance: it is left on sales-tax-payable', async () => {
  const later = '30100000132';
  const withheld = (amount: string): Amount => ['ItemWithheldTax', 'MarketplaceFacilitatorVAT-Principal', amount];
  const first = sales([ORDER], {
    amounts: [['ItemPrice', 'Principal', '100.00'], ['ItemPrice', 'Tax', '20.00'], withheld('-20.00')],
  });
  account = await openTaxed(
    postgres,
    [settled(first, '100.00'), settled(sales([ORDER], { amounts: [withheld('20.00')] }), '20.00', { id: later })],
    {
      world: sayingSellers({ principal: '100.00', tax: '20.00' }),
    },
  );
  await takeEverythingIn(account);
  const { invoice: document } = await bill(account, ORDER);
  await upTo(account, 'apply', SETTLEMENT);
  await account.run(decideCorrectTax, { decision: { document, ...SAID } });
  await upTo(account, 'apply', SETTLEMENT);
  await upTo(account, 'apply', SETTLEMENT);
  await upTo(account, 'apply', later);
  const memo = `AMZ_${account.name}_CM_${ORDER}-GB0-t1_1`;
  const open = await openExceptions(account.connection.db, account.name);
  expect(open.map(({ code, key, remedy }) => [code, key, renderCommand(remedy)])).toEqual([
    ['document-differs', memo, `npx tieout settle-difference ${memo} leave --why "…"`],
  ]);
  const settle = (choice: 'variance' | 'leave') =>
    account.run(decideDifference, { decision: { document: memo, choice, ...SAID } });
  await expect(settle('variance')).rejects.toMatchObject({ type: 'TAX_REFUSED' });
  expect((await settle('leave')).detail).toBe(`−20.00 GBP of ${memo} of tax go to sales-tax-payable`);
});
