/**
 * A refund of a sale from the old books, by `calculatedBy: rates`: −12.00, of which at home 2.00 are tax at 20 % (12.00 × 20 ÷ 120), and
 * of an export none. Nobody but a person knows which.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { decidePlaceSale } from '../../../src/activities/decisions/place-sale.ts';
import { postCreditMemo, postReturnAuthorisation } from '../../../src/activities/orders/post-refund.ts';
import { renderCommand } from '../../../src/domain/exceptions/render-remedy.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadRefunds } from '../../../src/store/orders/refunds.ts';
import { refund } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { openTaxed, sales, settled } from '../tax/uk-sales.ts';
import { takeEverythingIn } from '../worked-example.ts';

const [OLD, OTHER] = ['202-1000191-0000001', '202-1000192-0000002'];
const UK = { id: 'A1F83G8C2ARO7P', customer: 'Amazon GB', location: 'FBA GB' };
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(rates: Record<string, number> = { standard: 20 }) {
  const rows = refund(
    { marketplace: 'Amazon.co.uk', order: OLD!, at: '2026-11-01T12:00:00Z', item: '91009', sku: 'POT', quantity: 1 },
    [['ItemPrice', 'Principal', '-12.00']],
  );
  account = await openTaxed(postgres, [settled([...sales([OTHER!]), ...rows], '108.00')], {
    tax: { registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' }, rates: { GB: rates } },
    settings: { marketplaces: [{ ...UK, calculatedBy: 'rates' }] },
  });
  await takeEverythingIn(account);
  const [told] = await loadRefunds(account.connection.db, account.name, OLD!);
  return { orderId: OLD!, refund: told!.key };
}
const place = (orderId: string, country: string) =>
  account.run(decidePlaceSale, { decision: { orderId, country, by: 'maria', why: 'invoice 1234' } });
const asked = async () =>
  (await openExceptions(account.connection.db, account.name)).map(({ code, subject, remedy }) => [
    code,
    subject.id,
    renderCommand(remedy),
  ]);
const memo = async () =>
  (
    await account.connection.db
      .selectFrom('documents')
      .select(['total', 'plan'])
      .where('connection', '=', account.name)
      .where('purpose', '=', 'CM')
      .execute()
  ).map(({ total, plan }) => [
    total,
    (plan as unknown as { lines: { component: string; amount: unknown }[] }).lines.map(({ component, amount }) => [
      component,
      JSON.stringify(amount).replace(/\D/g, ''),
    ]),
  ]);
const ASKED = [['sale-unplaced', OLD, `npx tieout place-sale ${OLD} COUNTRY --why "…"`]];

test.each<[string, [string, string][]]>([
  ['US', [['other', '1200']]],
  [
    'GB',
    [
      ['other', '1000'],
      ['tax', '200'],
    ],
  ],
])(
  'nothing is guessed: it stops until a person has said where the sale went, here %s',
  async (country, lines) => {
    const ref = await open();
    for (const post of [postReturnAuthorisation, postCreditMemo])
      expect(await account.run(post, ref)).toMatchObject({ result: 'stopped' });
    expect(await asked()).toEqual(ASKED);
    expect(await memo()).toEqual([]);
    account.told();
    const said = await place(OLD!, country);
    expect(said).toMatchObject({ released: 1, choice: country, detail: `order ${OLD} went to ${country}` });
    expect(account.told()).toEqual([`orderLifecycle ${OLD} refunded`]);
    for (const post of [postReturnAuthorisation, postCreditMemo])
      expect(await account.run(post, ref)).toEqual({ result: 'done' });
    expect(await asked()).toEqual([]);
    expect(await memo()).toEqual([[1200n, lines]]);
    // Said again it is found; what is booked by it stays.
    expect(await place(OLD!, country)).toMatchObject({ audit: said.audit, already: { by: 'maria' } });
    await expect(place(OLD!, 'FR')).rejects.toMatchObject({ type: 'TAX_REFUSED', nonRetryable: true });
  },
  60_000,
);

test('where nothing waits for it, it is refused, and goods that bear no tax anywhere ask nothing', async () => {
  const ref = await open({ standard: 0 });
  expect(await account.run(postCreditMemo, ref)).toEqual({ result: 'done' });
  expect(await asked()).toEqual([]);
  expect(await memo()).toEqual([[1200n, [['other', '1200']]]]);
  await expect(place(OLD!, 'GB')).rejects.toThrow(`No refund of order ${OLD} waits`);
}, 60_000);
