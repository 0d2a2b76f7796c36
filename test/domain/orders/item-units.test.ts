/** A SKU is an item and a number of units: what of it NetSuite counts, and that no total changes. */
import { describe, expect, test } from '@jest/globals';
import type { OrderFact, OrderItemFact } from '../../../src/domain/orders/order-facts.ts';
import { asMapped, itemQuantity, itemUnitsOf, packsOf } from '../../../src/domain/orders/item-units.ts';
import { planRevision, type PlacedLine } from '../../../src/domain/orders/revise-order.ts';
import { planSalesOrder } from '../../../src/domain/orders/sales-order.ts';

const item = (orderItemId: string, sku: string, quantity: number, more: Partial<OrderItemFact> = {}) => ({
  orderItemId,
  sku,
  asin: null,
  quantity,
  amounts: { principal: 2000n, shipping: 300n },
  ...more,
});
const order = (items: OrderItemFact[]): OrderFact => ({
  orderId: '112-1000001-0000001',
  purchasedAt: '2026-10-04T03:00:00Z',
  updatedAt: '2026-10-05T03:00:00Z',
  status: 'UNSHIPPED',
  fulfilledBy: 'AMAZON',
  channel: 'AMAZON',
  marketplaceId: 'ATVPDKIKX0DER',
  marketplaceName: 'Amazon.com',
  currency: 'USD',
  replaces: null,
  amazonCollectsTax: true,
  items,
});
const UNITS = new Map([
  ['TEA-TIN-3', 3],
  ['TEA-TIN', 1],
]);
const mapped = (items: OrderItemFact[]) => asMapped(planSalesOrder('us', order(items), 'UTC')!, UNITS);

describe('a pack of three', () => {
  const plan = mapped([item('1', 'TEA-TIN-3', 2), item('2', 'TEA-TIN', 2), item('3', 'RED-MUG', 1)]);

  test('stands on the Sales Order in its own units, and says how many of the item each is', () => {
    expect(plan.lines.map(({ tag, quantity, units, amount }) => [tag, quantity, units, amount])).toEqual([
      ['1 principal', 2, 3, 2000n],
      ['1 shipping', 2, undefined, 300n],
      ['2 principal', 2, undefined, 2000n],
      ['2 shipping', 2, undefined, 300n],
      ['3 principal', 1, undefined, 2000n],
      ['3 shipping', 1, undefined, 300n],
    ]);
    expect([plan.total, packsOf(plan.lines)]).toEqual([6900n, [{ sku: 'TEA-TIN-3', units: 3 }]]);
  });

  test('is three of the item in NetSuite; what is no goods of it is counted as it is', () => {
    const units = itemUnitsOf(plan.lines);
    expect(plan.lines.map((line) => itemQuantity(line, units))).toEqual([6, 2, 2, 2, 1, 1]);
    // One of the two is shipped.
    expect(itemQuantity({ tag: '1 principal', quantity: 1 }, units)).toBe(3);
  });

  test('of an order of before there were packs is one', () => {
    const before = planSalesOrder('us', order([item('1', 'TEA-TIN-3', 2)]), 'UTC')!;
    expect(itemQuantity(before.lines[0]!, itemUnitsOf(before.lines))).toBe(2);
  });

  describe('of which a part is no longer to be sent', () => {
    const placed = (memo: string, quantity: number, fulfilled: number): PlacedLine => ({
      orderLine: memo,
      memo,
      quantity,
      fulfilled,
      closed: false,
    });
    const revised = (cancelled: number, ...lines: PlacedLine[]) =>
      planRevision('us', order([item('1', 'TEA-TIN-3', 3, { cancelled })]), lines, new Map([['1 principal', 3]]));

    test('keeps three of the item for each that is left', () => {
      expect(revised(1, placed('1 principal', 9, 3), placed('1 shipping', 3, 0))).toEqual([
        { orderLine: '1 principal', quantity: 6, amount: 1333n },
        { orderLine: '1 shipping', quantity: 2, amount: 200n },
      ]);
      expect(revised(1, placed('1 principal', 6, 3))).toEqual([]);
    });

    test('is never cut below what was shipped, and closed where nothing is left', () => {
      expect(revised(2, placed('1 principal', 9, 6))).toEqual([
        { orderLine: '1 principal', quantity: 6, amount: 667n },
      ]);
      expect(revised(3, placed('1 principal', 9, 0))).toEqual([{ orderLine: '1 principal', quantity: 0 }]);
    });
  });
});
