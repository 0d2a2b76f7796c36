import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld, WorldOrder } from '../../src/simulators/amazon/world.ts';
import { report, sale } from './report.ts';
import { openWorld, type WorldUnderTest } from './world-under-test.ts';

const BEFORE = '114-3200001-0000001';
const AFTER = '114-3200002-0000002';
const SENT = '2026-10-05T16:00:00Z';
const CANCELLED: Record<string, string> = { [BEFORE]: '2026-10-04T16:00:00Z', [AFTER]: '2026-10-06T16:00:00Z' };

/** Three units for 30.00 and one of another line for 8.00 are ordered; two are sent, and what is left is cancelled, before or after that. */
function partly(order: WorldOrder): WorldOrder {
  const [item] = order.items;
  const at = CANCELLED[order.orderId]!;
  return {
    ...order,
    history: [
      { at: '2026-10-02T16:00:00Z', status: 'UNSHIPPED' },
      { at: SENT, status: 'PARTIALLY_SHIPPED' },
    ],
    items: [
      { ...item!, quantity: 3, principal: '30.00', cancelled: { at, units: 1 } },
      { ...item!, orderItemId: `${item!.orderItemId}9`, quantity: 1, principal: '8.00', cancelled: { at, units: 1 } },
    ],
  };
}

describe('orders of which a part is cancelled after their Sales Order was placed', () => {
  let world: WorldUnderTest;
  let tieOut: TieOut;
  beforeAll(async () => {
    const told: AmazonWorld = worldFromSettlements([
      report(
        {
          id: '27800000001',
          start: '2026-10-01T07:00:00Z',
          end: '2026-10-08T07:00:00Z',
          deposit: '2026-10-10T07:00:00Z',
          total: '34.00',
        },
        [BEFORE, AFTER].flatMap((order, index) =>
          sale({ order, shipment: `Df${index}`, at: SENT, item: `980${index}`, sku: 'SKU-A', quantity: 2 }, [
            ['ItemPrice', 'Principal', '20.00'],
            ['ItemFees', 'Commission', '-3.00'],
          ]),
        ),
      ),
    ]);
    world = await openWorld({ paceDays: 1, world: { ...told, orders: told.orders.map(partly) } });
    await world.runToTheEnd();
    tieOut = await world.tieOut();
  }, 180_000);
  afterAll(() => world?.close());

  test.each([
    ['before it was sent', BEFORE],
    ['after it was sent', AFTER],
  ])('%s: the line is cut to what was sent, the other is closed, and the order is done', async (_, orderId) => {
    const [order] = await world.suiteql(
      `SELECT id, foreigntotal FROM transaction WHERE externalid = 'AMZ_demo-us_SO_${orderId}_1'`,
    );
    const lines = await world.netsuite.lookups.salesOrderLines(order!['id']!);
    expect(lines.map(({ quantity, fulfilled, billed, closed }) => [quantity, fulfilled, billed, closed])).toEqual([
      [2, 2, 2, false],
      [1, 0, 0, true],
    ]);
    expect(await world.store.db.selectFrom('orders').select('state').where('order_id', '=', orderId).execute()).toEqual(
      [{ state: 'billed' }],
    );
    expect((await world.client.workflow.getHandle(`order:demo-us:${orderId}`).describe()).status.name).toBe(
      'COMPLETED',
    );
  });

  test('what was sent is billed and paid, and the payout is tied', () => {
    expect(tieOut.documents).toMatchObject({ SO: 2, IF: 2, INV: 2, PAY: 1 });
    expect(tieOut.payouts).toEqual([expect.objectContaining({ total: '34.00', tied: true })]);
    expect(tieOut.balances).toMatchObject({
      'product-sales': '-40.00',
      clearing: '0.00',
      receivable: '0.00',
      bank: '34.00',
    });
    expect(tieOut.openExceptions).toEqual([]);
  });
});
