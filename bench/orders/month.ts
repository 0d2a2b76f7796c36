/** A month for the order benchmark: N orders of one item, all seen on one day, dispatched on another, one in ten refunded, settled together. */
import { worldFromSettlements } from '../../src/simulators/amazon/world-from-settlements.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { refund, report, sale } from '../../test/end-to-end/report.ts';

export const SETTLEMENT = '27800000001';
/** Instants by which each kind of news is there. */
export const SEEN = '2026-10-02T00:00:00Z';
export const DISPATCHED = '2026-10-04T00:00:00Z';
export const REFUNDED = '2026-10-08T00:00:00Z';
export const SETTLED = '2026-10-20T00:00:00Z';

export interface Month {
  world: AmazonWorld;
  orders: string[];
  refunded: string[];
}

export function month(count: number, skuOf: (index: number) => string = (index) => `SKU-${index % 20}`): Month {
  const orders = Array.from(
    { length: count },
    (_, index) => `114-${String(7_000_000 + index)}-${String(index).padStart(7, '0')}`,
  );
  const refunded = orders.filter((_, index) => index % 10 === 9);
  const at = (order: string, hour: string) => ({
    order,
    at: `2026-10-03T${hour}:00:00Z`,
    item: `9${order.slice(-7)}`,
    sku: skuOf(orders.indexOf(order)),
    quantity: 1,
  });
  // 25.00 less 3.75 and 3.25: 18.00. Back go 25.00 less the commission but for 0.75: −22.00.
  const total = 1800 * orders.length - 2200 * refunded.length;
  const file = report(
    {
      id: SETTLEMENT,
      start: '2026-10-01T07:00:00Z',
      end: '2026-10-15T07:00:00Z',
      deposit: '2026-10-17T07:00:00Z',
      total: `${Math.trunc(total / 100)}.${String(Math.abs(total % 100)).padStart(2, '0')}`,
    },
    [
      ...orders.flatMap((order) =>
        sale({ ...at(order, '16'), shipment: `D${order.slice(-7)}` }, [
          ['ItemPrice', 'Principal', '25.00'],
          ['ItemFees', 'Commission', '-3.75'],
          ['ItemFees', 'FBAPerUnitFulfillmentFee', '-3.25'],
        ]),
      ),
      ...refunded.flatMap((order) =>
        refund({ ...at(order, '16'), at: '2026-10-06T16:00:00Z' }, [
          ['ItemPrice', 'Principal', '-25.00'],
          ['ItemFees', 'Commission', '3.75'],
          ['ItemFees', 'RefundCommission', '-0.75'],
        ]),
      ),
    ],
  );
  const told = worldFromSettlements([file]);
  return {
    orders,
    refunded,
    world: {
      ...told,
      orders: told.orders.map((order) => ({
        ...order,
        history: [
          { at: '2026-10-01T12:00:00Z', status: 'UNSHIPPED' as const },
          { at: '2026-10-03T16:00:00Z', status: 'SHIPPED' as const },
        ],
      })),
    },
  };
}
