import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import { report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const KEPT = '114-0000001-0000001';
const CANCELLED = '114-0000002-0000002';
const REPORT = report(
  {
    id: '27600000001',
    start: '2026-10-01T07:00:00Z',
    end: '2026-10-15T07:00:00Z',
    deposit: '2026-10-17T07:00:00Z',
    total: '18.00',
  },
  sale({ order: KEPT, shipment: 'D1', at: '2026-10-10T16:00:00Z', item: '9001', sku: 'SKU-A', quantity: 1 }, [
    ['ItemPrice', 'Principal', '25.00'],
    ['ItemFees', 'Commission', '-3.75'],
    ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
  ]),
);

let world: WorldUnderTest;
let refused = 0;
beforeAll(async () => {
  const told = worldFromSettlements([REPORT]);
  const like = told.orders[0]!;
  const cancelled = {
    ...like,
    orderId: CANCELLED,
    items: like.items.map((item) => ({ ...item, orderItemId: '9002' })),
    history: [
      { at: '2026-10-02T12:00:00Z', status: 'UNSHIPPED' as const },
      { at: '2026-10-08T12:00:00Z', status: 'CANCELLED' as const },
    ],
  };
  world = await openWorld({ world: { ...told, orders: [...told.orders, cancelled] }, paceDays: 2 });
  await world.netsuitePage('POST', '/faults', { kind: 'workflow-lock', match: { externalId: `_SO_${CANCELLED}_` } });
  await world.runToTheEnd();
  ({ hits: refused } = (await world.netsuitePage<{ faults: { hits: number }[] }>('GET', '/faults')).faults[0]!);
}, 120_000);
afterAll(() => world?.close());

test('an order whose Sales Order NetSuite refused, and that Amazon cancels meanwhile, waits for nobody any more', async () => {
  expect(refused).toBe(1);
  const tieOut = await world.tieOut();
  expect(tieOut.openExceptions).toEqual([]);
  expect(tieOut.orders).toMatchObject({ seen: 2, salesOrders: 1, cancelled: 1 });
  expect((await world.client.workflow.getHandle(`order:demo-us:${CANCELLED}`).describe()).status.name).toBe(
    'COMPLETED',
  );
});
