/** A shipment whose price is below its tax: 15.00 with 20.00. Its rows say 100.00 and 20.00; a second order is as it should be. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { loadDocument } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadShipments, saveShipments } from '../../../src/store/orders/shipments.ts';
import { busyWith } from '../../../src/store/reconciler/busy.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { bill as billOf, openTaxed, sales, settled, SETTLEMENT } from '../tax/uk-sales.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const [BAD, GOOD] = ['202-1000151-0000001', '202-1000152-0000001'] as const;
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(): Promise<void> {
  account = await openTaxed(postgres, [settled(sales([BAD, GOOD]), '240.00')]);
  await takeEverythingIn(account);
  await account.run(tellOrders);
  const [shipment] = await loadShipments(account.connection.db, account.name, BAD);
  const [item] = shipment!.fact.items;
  const fact = { ...shipment!.fact, items: [{ ...item!, amounts: { principal: 1500n }, taxes: { principal: 2000n } }] };
  await account.connection.db.deleteFrom('shipments').where('shipment_key', '=', shipment!.key).execute();
  await saveShipments(account.connection.db, account.name, [fact]);
}

const bill = (orderId: string) => billOf(account, orderId);

test('stops its order alone, and its settlement says what it came to', async () => {
  await open();
  const stopped = await bill(BAD);
  expect(stopped).toMatchObject({
    result: 'stopped',
    sentence: expect.stringContaining('20.00 GBP of tax of a price of 15.00 GBP'),
  });
  const [raised] = await openExceptions(account.connection.db, account.name);
  expect(raised).toMatchObject({
    code: 'tax-above-price',
    subject: { kind: 'order', id: BAD },
    remedy: { kind: 'try-again', of: 'order', id: BAD },
  });
  expect(await bill(GOOD)).toMatchObject({ result: 'done' });
  // Nobody but a person has anything to do for it; the other is done.
  expect((await busyWith(account.connection.db, account.name)).shipments).toBe(0);

  await upTo(account, 'classify', SETTLEMENT);
  expect(await bill(BAD)).toMatchObject({ result: 'done', complete: true });
  expect(await loadDocument(account.connection.db, stopped.invoice)).toMatchObject({ state: 'posted', total: 12000n });
  expect(await account.open()).toEqual([]);
});

test('goes on by what Amazon tells of it later, and nothing else of a shipment is told twice', async () => {
  await open();
  await bill(BAD);
  const stored = async (order: string) => (await loadShipments(account.connection.db, account.name, order))[0]!.fact;
  const [bad, good] = [await stored(BAD), await stored(GOOD)];
  const told = (fact: typeof bad) => ({
    ...fact,
    items: [{ ...fact.items[0]!, amounts: { principal: 9600n }, taxes: { principal: 1600n } }],
  });
  await saveShipments(account.connection.db, account.name, [told(bad), told(good)]);
  expect((await stored(BAD)).items[0]!.amounts).toEqual({ principal: 9600n });
  expect(await stored(GOOD)).toEqual(good);
  const { invoice, ...done } = await bill(BAD);
  expect(done).toMatchObject({ result: 'done' });
  expect(await loadDocument(account.connection.db, invoice)).toMatchObject({ state: 'posted', total: 9600n });
});
