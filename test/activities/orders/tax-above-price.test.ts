/** A shipment whose price is below its tax: 15.00 with 20.00. Its rows say 100.00 and 20.00; a second order is as it should be. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { billShipment } from '../../../src/activities/orders/bill-shipment.ts';
import { postFulfilment } from '../../../src/activities/orders/post-fulfilment.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { loadDocument } from '../../../src/store/documents/documents.ts';
import { openExceptions } from '../../../src/store/exceptions/exceptions.ts';
import { loadShipments, saveShipments } from '../../../src/store/orders/shipments.ts';
import { busyWith } from '../../../src/store/reconciler/busy.ts';
import { report, sale } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import { openAccount, type AccountUnderTest } from '../account-under-test.ts';
import { takeEverythingIn, upTo } from '../worked-example.ts';

const SETTLEMENT = '30100000151';
const [BAD, GOOD] = ['202-1000151-0000001', '202-1000152-0000001'] as const;
let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function open(): Promise<void> {
  const head = { start: '2026-10-20T00:00:00Z', end: '2026-11-04T00:00:00Z', deposit: '2026-11-06T00:00:00Z' };
  const world = worldFromSettlements([
    report(
      { ...head, id: SETTLEMENT, total: '240.00', currency: 'GBP' },
      [BAD, GOOD].flatMap((order, index) =>
        sale(
          {
            marketplace: 'Amazon.co.uk',
            order,
            shipment: `GB${index}`,
            at: '2026-10-28T12:00:00Z',
            item: `8200${index}`,
            sku: 'POT',
            quantity: 1,
          },
          [
            ['ItemPrice', 'Principal', '100.00'],
            ['ItemPrice', 'Tax', '20.00'],
          ],
        ),
      ),
    ),
  ]);
  account = await openAccount(postgres, {
    world,
    now: '2026-11-20T12:00:00Z',
    settings: { tax: { registrations: ['GB'], items: { GB: 'AMZ-VAT-GB' }, rates: { GB: { standard: 20 } } } },
  });
  await takeEverythingIn(account);
  await account.run(tellOrders);
  const [shipment] = await loadShipments(account.connection.db, account.name, BAD);
  const [item] = shipment!.fact.items;
  const fact = { ...shipment!.fact, items: [{ ...item!, amounts: { principal: 1500n }, taxes: { principal: 2000n } }] };
  await account.connection.db.deleteFrom('shipments').where('shipment_key', '=', shipment!.key).execute();
  await saveShipments(account.connection.db, account.name, [fact]);
}

async function bill(orderId: string) {
  const [shipment] = await loadShipments(account.connection.db, account.name, orderId);
  const ref = { orderId, shipment: shipment!.key };
  await account.run(postSalesOrder, { orderId, claim: null });
  await account.run(postFulfilment, ref);
  return { ...(await account.run(billShipment, ref)), invoice: `AMZ_${account.name}_INV_${shipment!.key}_1` };
}

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
