/** What becomes of an order that Amazon changes, cancels or sells below zero: each step by itself, and twice. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { recheckWaitingSkus } from '../../../src/activities/intake/recheck-waiting-skus.ts';
import { billShipment } from '../../../src/activities/orders/bill-shipment.ts';
import { closeCancelledOrder } from '../../../src/activities/orders/close-cancelled-order.ts';
import { postFulfilment } from '../../../src/activities/orders/post-fulfilment.ts';
import { postSaleMemo } from '../../../src/activities/orders/post-sale-memo.ts';
import { postSalesOrder } from '../../../src/activities/orders/post-sales-order.ts';
import { reviseSalesOrder } from '../../../src/activities/orders/revise-sales-order.ts';
import { tellOrders } from '../../../src/activities/intake/tell-orders.ts';
import { externalIdOf } from '../../../src/domain/identifiers/external-id.ts';
import type { OrderFact } from '../../../src/domain/orders/order-facts.ts';
import { worldFromSettlements } from '../../../src/simulators/amazon/world-from-settlements.ts';
import { loadOrder, saveOrders } from '../../../src/store/orders/orders.ts';
import { loadShipments } from '../../../src/store/orders/shipments.ts';
import { report, sale } from '../../end-to-end/report.ts';
import { startFreshPostgres, type FreshPostgres } from '../../store/fresh-postgres.ts';
import type { AccountUnderTest } from '../account-under-test.ts';
import { held, openWorkedExample, ORDER, takeEverythingIn, WORLD, without } from '../worked-example.ts';

let postgres: FreshPostgres;
let account: AccountUnderTest;
beforeAll(async () => {
  postgres = await startFreshPostgres();
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(() => account?.close());

async function placed(world = WORLD): Promise<void> {
  account = await openWorkedExample(postgres, { world });
  await takeEverythingIn(account);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
  account.writes();
}
const stored = async () => (await loadOrder(postgres.store.db, account.name, ORDER))!;
/** Amazon tells it anew. */
async function amazonSays(change: (fact: OrderFact) => Partial<OrderFact>): Promise<void> {
  const { fact } = await stored();
  await saveOrders(postgres.store.db, account.name, [{ fact: { ...fact, ...change(fact) }, initial: 'seen' }]);
}
const lines = async () => {
  const { netsuite } = account.connection;
  const externalId = externalIdOf({ connection: account.name, purpose: 'SO', businessKey: ORDER, part: 1 });
  const [row] = await netsuite.suiteql(`SELECT id FROM transaction WHERE externalid = '${externalId}'`);
  return netsuite.lookups.salesOrderLines(row!['id']!);
};

test('closeCancelledOrder closes every line of the Sales Order once, so that nobody bills it', async () => {
  await placed();
  await amazonSays(() => ({ status: 'CANCELLED' }));
  expect(await account.run(postSalesOrder, { orderId: ORDER, claim: null })).toEqual({ result: 'cancelled' });
  await account.run(closeCancelledOrder, { orderId: ORDER });
  await account.run(closeCancelledOrder, { orderId: ORDER });
  expect(account.writes()).toEqual(['PATCH salesOrder']);
  expect((await lines()).every(({ closed }) => closed)).toBe(true);
  expect((await stored()).state).toBe('cancelled');
});

test('an order that Amazon cancels before its Sales Order gets none', async () => {
  account = await openWorkedExample(postgres);
  await takeEverythingIn(account);
  await amazonSays(() => ({ status: 'CANCELLED' }));
  expect(await account.run(postSalesOrder, { orderId: ORDER, claim: null })).toEqual({ result: 'cancelled' });
  expect([account.writes(), (await stored()).state]).toEqual([[], 'cancelled']);
});

test('an order without a price waits for it', async () => {
  account = await openWorkedExample(postgres);
  await takeEverythingIn(account);
  await amazonSays(({ items }) => ({
    status: 'PENDING',
    currency: null,
    items: items.map((item) => ({ ...item, amounts: null })),
  }));
  expect(await account.run(postSalesOrder, { orderId: ORDER, claim: null })).toEqual({ result: 'no-price' });
  expect(account.writes()).toEqual([]);
});

test('reviseSalesOrder cuts a line to what is still to be sent, once, and leaves one that is as it should be', async () => {
  await placed();
  expect(await account.run(reviseSalesOrder, { orderId: ORDER })).toEqual({ complete: false });
  expect(account.writes()).toEqual([]);
  await amazonSays(({ items }) => ({
    items: items.map((item) => (item.sku === 'SKU-B' ? { ...item, cancelled: 1 } : item)),
  }));
  expect(await account.run(reviseSalesOrder, { orderId: ORDER })).toEqual({ complete: false });
  expect(await account.run(reviseSalesOrder, { orderId: ORDER })).toEqual({ complete: false });
  expect(account.writes()).toEqual(['PATCH salesOrder']);
  expect((await lines()).map(({ closed }) => closed).filter(Boolean)).toHaveLength(1);
});

test('recheckWaitingSkus releases the orders for whose SKU NetSuite has an item by now, and no others', async () => {
  account = await openWorkedExample(postgres, { world: without('SKU-B') });
  await takeEverythingIn(account);
  await account.run(tellOrders);
  await account.run(postSalesOrder, { orderId: ORDER, claim: null });
  account.told();
  expect(await account.run(recheckWaitingSkus)).toEqual({ released: 0 });
  expect([account.told(), await account.open()]).toEqual([[], ['sku-unknown']]);
  const { lookups } = account.connection.netsuite;
  const itemA = (await lookups.itemByName('SKU-A'))!;
  account.connection.netsuite.lookups.itemByName = async () => itemA;
  expect(await account.run(recheckWaitingSkus)).toEqual({ released: 1 });
  expect(account.told()).toEqual([`${ORDER} lookAgain`]);
});

test('postSaleMemo credits what an invoice below zero cannot carry, once', async () => {
  const orderId = '113-3333333-4444444';
  // 4.00 − 5.50: the invoice is cut to 0.00 and 1.50 is credited.
  const world = worldFromSettlements([
    report(
      {
        id: '26100000005',
        start: '2026-10-15T20:00:00Z',
        end: '2026-10-29T20:00:00Z',
        deposit: '2026-10-31T20:00:00Z',
        total: '-1.50',
      },
      sale({ order: orderId, shipment: 'Dz1', at: '2026-10-20T16:00:00Z', item: '7', sku: 'SKU-A', quantity: 1 }, [
        ['ItemPrice', 'Principal', '4.00'],
        ['Promotion', 'Principal', '-5.50'],
      ]),
    ),
  ]);
  account = await openWorkedExample(postgres, { world });
  await takeEverythingIn(account);
  const [shipment] = await loadShipments(postgres.store.db, account.name, orderId);
  const step = { orderId, shipment: shipment!.key };
  await account.run(postSalesOrder, { orderId, claim: null });
  await account.run(postFulfilment, step);
  expect(await account.run(billShipment, step)).toEqual({ result: 'done', complete: false, belowZero: true });
  await account.netsuitePage('POST', '/faults', {
    kind: 'no-permission',
    match: { method: 'POST', path: '/creditMemo$' },
  });
  expect(await account.run(postSaleMemo, step)).toMatchObject({ result: 'stopped' });
  expect(await account.run(postSaleMemo, step)).toEqual({ result: 'done', complete: true });
  expect(await account.run(postSaleMemo, step)).toEqual({ result: 'done', complete: true });
  expect((await held(account)).filter((document) => /INV|CM/.test(document))).toEqual(['INV 0', 'CM -1.5']);
});
