import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderCountsView } from '../../../src/views/orders/order-counts-view.ts';
import { orderView } from '../../../src/views/orders/order-view.ts';
import { planDocument } from '../../../src/store/documents/documents.ts';
import { salesOrderOf } from '../../store/documents/written-down.ts';
import { SETTLED_ORDER, storePayouts, storeWaiting, WAITING_ORDER } from '../../store/stored-payouts.ts';
import { plain } from '../plain-json.ts';
import { startStoredWorld, type StoredWorld } from '../stored-world.ts';

let world: StoredWorld;

beforeAll(async () => {
  world = await startStoredWorld();
  await storePayouts(world.store);
  await storeWaiting(world.store);
});
afterAll(() => world.stop());

describe('an order', () => {
  test('shows what Amazon, NetSuite and the bank did with it, day by day', async () => {
    expect(plain(await orderView(world.source, SETTLED_ORDER))).toEqual({
      connection: 'demo-us',
      orderId: SETTLED_ORDER,
      state: 'settled',
      amount: '34.99',
      currency: 'USD',
      documents: [
        expect.objectContaining({
          type: 'salesOrder',
          name: 'SO 61',
          state: 'posted',
          total: '34.99',
          currency: 'USD',
        }),
        expect.objectContaining({ type: 'itemFulfillment', name: 'IF 65', total: '0.00', date: '2026-10-04' }),
        expect.objectContaining({ type: 'invoice', name: 'INV4490', number: 'INV4490', netsuiteId: '70' }),
      ],
      packs: [],
      // 34.99 − 5.25 + 1.20 − 3.35
      payouts: [
        {
          settlementId: '20001234561',
          state: 'tied',
          rows: 4,
          amount: '27.59',
          currency: 'USD',
          bankLine: { date: '2026-10-16', amount: '27.59' },
        },
      ],
      claims: [],
      waitsFor: null,
      next: null,
      exceptions: [],
      workflowId: `order:demo-us:${SETTLED_ORDER}`,
      link: `http://127.0.0.1:8233/namespaces/default/workflows/order%3Ademo-us%3A${SETTLED_ORDER}`,
      events: [
        { date: '2026-10-03', what: 'ordered at Amazon' },
        { date: '2026-10-03', what: 'SO 61' },
        { date: '2026-10-04', what: 'IF 65, INV4490' },
      ],
      money: [
        { date: '2026-10-07', what: 'in payout 20001234561' },
        { date: '2026-10-16', what: 'bank line 27.59' },
      ],
    });
  });

  test('says what it waits for, and the command that moves it on', async () => {
    expect(plain(await orderView(world.source, WAITING_ORDER))).toMatchObject({
      state: 'waits for Operations',
      amount: '23.99',
      documents: [],
      payouts: [],
      waitsFor: 'a NetSuite item for SKU BLU-MUG-2',
      next: 'npx tieout map-sku BLU-MUG-2 ITEM --why "…"',
      money: [],
    });
  });

  test('says which of its SKUs are packs, as its Sales Order has them', async () => {
    const key = { connection: 'demo-us', purpose: 'SO', businessKey: '112-3940177-8802203', part: 1 } as const;
    const placed = salesOrderOf(key, { orderId: key.businessKey, date: '2026-10-03', total: 2000n });
    const line = (item: string, sku: string, units?: number) => ({
      tag: `${item} principal`,
      goods: true,
      sku,
      component: 'principal' as const,
      quantity: 1,
      ...(units === undefined ? {} : { units }),
      amount: 1000n,
    });
    const plan = { ...placed.plan, lines: [line('1', 'TEA-TIN-3', 3), line('2', 'RED-MUG')] };
    await planDocument(world.store.db, { ...placed, plan });
    expect((await orderView(world.source, key.businessKey)).packs).toEqual([{ sku: 'TEA-TIN-3', units: 3 }]);
  });

  test('that nobody named is not found', async () => {
    await expect(orderView(world.source, '112-0000000-0000000')).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('orders are counted by how far they are', async () => {
  expect(plain(await orderCountsView(world.store.db, 'demo-us'))).toEqual({
    seen: 2,
    salesOrders: 1,
    dispatched: 1,
    settled: 1,
    pending: 0,
    cancelled: 0,
    waiting: 1,
    fulfilments: 1,
    invoices: 1,
    creditMemos: 0,
  });
});
