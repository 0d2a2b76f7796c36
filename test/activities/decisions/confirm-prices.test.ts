/** A controller's word for the prices of a marketplace. By hand: three sales of 120.00 with 20.00 of VAT, settled as 100.00 and 20.00. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from '../../../src/activities/connection.ts';
import { decideConfirmPrices } from '../../../src/activities/decisions/confirm-prices.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { checkConnection } from '../../../src/activities/setup/check-connection.ts';
import type { ConnectionSettings } from '../../../src/config/connection.ts';
import { loadDocument } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { openTaxed, sales, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const ORDERS = [1, 2, 3].map((number) => `202-100014${number}-0000001`);
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(): Promise<void> {
  account = await openTaxed(postgres, [settled(sales(ORDERS), '360.00')]);
  await takeEverythingIn(account);
  await account.run(tellOrders);
  await upTo(account, 'classify', SETTLEMENT);
  account.told();
  account.writes();
}

/** The connection as a real one, with some settings of its marketplace: its clients are made already. */
function asReal(
  { connection }: AccountUnderTest,
  marketplace: Partial<ConnectionSettings['marketplaces'][number]> = {},
  settings: Partial<ConnectionSettings> = {},
): Connection {
  const own = { ...connection.settings.marketplaces[0]!, ...marketplace };
  return {
    ...connection,
    settings: { ...connection.settings, amazon: { region: 'eu' }, marketplaces: [own], ...settings },
  };
}

const on = (connection: Connection) => ({
  place: (orderId: string) => postSalesOrder(connection, { connection: connection.name, orderId, claim: null }),
  confirm: (marketplace = 'amazon.co.uk') =>
    account.run((_, input: Parameters<typeof decideConfirmPrices>[1]) => decideConfirmPrices(connection, input), {
      decision: { marketplace, by: 'maria', why: 'compared by hand' },
      act: randomUUID(),
    }),
});
const prices = async () =>
  (await openExceptions(account.connection.db, account.name))
    .filter(({ code }) => code === 'prices-differ')
    .map(({ evidence, remedy }) => [evidence.what, remedy.kind]);

test('settings that other sales speak against are mended and not confirmed; then a person confirms, and who waited goes on', async () => {
  await open();
  const wrong = on(asReal(account, { prices: 'exclusive' }));
  await expect(wrong.confirm()).rejects.toMatchObject({
    type: 'PRICES_NOT_OPEN',
    message: expect.stringContaining('with prices: inclusive 3 of 3 would'),
  });
  expect(await wrong.place(ORDERS[0]!)).toMatchObject({ result: 'stopped' });
  expect(await prices()).toEqual([[expect.stringContaining('0 of 3 settled sales'), 'set-up']]);
  await expect(wrong.confirm()).rejects.toMatchObject({ type: 'PRICES_NOT_OPEN' });
  await expect(wrong.confirm('amazon.fr')).rejects.toMatchObject({ type: 'PRICES_NOT_OPEN' });
  expect(account.writes()).toEqual([]);

  const mended = asReal(account);
  await checkConnection(mended);
  // The exception of the other settings has ended, and who waited for it looks again: three are too few.
  expect(account.told()).toEqual([`${ORDERS[0]} lookAgain`]);
  expect(await on(mended).place(ORDERS[0]!)).toMatchObject({
    result: 'stopped',
    sentence: expect.stringContaining('3 of 3 settled sales with tax agree to the cent'),
  });
  expect(await prices()).toEqual([[expect.stringContaining('20 are needed'), 'confirm-prices']]);
  const taken = await on(mended).confirm();
  expect(taken).toMatchObject({ choice: 'confirmed', released: 1 });
  expect(await on(mended).confirm('A1F83G8C2ARO7P')).toMatchObject({ audit: taken.audit, already: { by: 'maria' } });
  expect(await prices()).toEqual([]);
  expect(account.told()).toContain(`${ORDERS[0]} lookAgain`);
  for (const order of ORDERS) expect(await on(mended).place(order)).toEqual({ result: 'posted' });
  // Settings that nobody has confirmed are asked for anew.
  const again = on(asReal(account, { collects: 'seller' }));
  await again.place(ORDERS[0]!);
  expect(await again.confirm()).toMatchObject({ audit: expect.any(Number), choice: 'confirmed' });
  expect((await again.confirm()).audit).toBeGreaterThan(taken.audit);
});

test('what was planned with settings that were mended since is planned anew before it is sent', async () => {
  await open();
  const planned = on(asReal(account, { collects: 'amazon' }, { posting: 'plan' }));
  expect(await planned.place(ORDERS[0]!)).toEqual({ result: 'planned' });
  const key = `AMZ_${account.name}_SO_${ORDERS[0]}_1`;
  expect(await loadDocument(account.connection.db, key)).toMatchObject({ state: 'planned', total: 10000n });
  const mended = asReal(account);
  await on(mended).confirm();
  expect(await on(mended).place(ORDERS[0]!)).toEqual({ result: 'posted' });
  expect(await loadDocument(account.connection.db, key)).toMatchObject({ state: 'posted', total: 12000n });
});

test('in `posting: plan` a setting that would agree is named, and that few are settled is not', async () => {
  await open();
  await checkConnection(asReal(account, {}, { posting: 'plan' }));
  expect(await prices()).toEqual([]);
  await checkConnection(asReal(account, { prices: 'exclusive' }, { posting: 'plan' }));
  expect(await prices()).toEqual([[expect.stringContaining('with prices: inclusive 3 of 3 would'), 'set-up']]);
});

test('under simulators the trial is shown and nothing is asked; without tax it is not tried', async () => {
  await open();
  expect(await account.run(checkConnection)).toMatchObject({
    prices: [
      'amazon.co.uk: 3 of 3 settled sales with tax agree to the cent with prices: inclusive, collects: order, calculatedBy: amazon',
    ],
  });
  expect(await account.run(postSalesOrder, { orderId: ORDERS[0]!, claim: null })).toEqual({ result: 'posted' });
  const { tax: _, ...settings } = account.connection.settings;
  expect(await checkConnection({ ...account.connection, settings })).toMatchObject({ prices: [] });
});
