/**
 * An order of two items in Britain at 20 %: Amazon collects the tax of the first (10.00 + 2.00), the seller owes that of the
 * second (30.00 + 6.00). By hand: the invoice is 10.00 + 30.00 + 6.00, and 6.00 are the seller's.
 */
import { expect, test } from '@jest/globals';
import type { OrderFact, OrderItemFact, ShipmentFact } from '../../../src/domain/orders/order-facts.ts';
import { netShipment } from '../../../src/domain/tax/net-sale.ts';
import type { TaxPolicy } from '../../../src/domain/tax/tax-policy.ts';

const GB: TaxPolicy = {
  jurisdiction: 'GB',
  registrations: ['GB'],
  rates: { GB: { standard: 2000n } },
  classes: {},
  prices: 'inclusive',
  collects: 'order',
  calculatedBy: 'amazon',
};
const ordered = (orderItemId: string, more: Partial<OrderItemFact> = {}): OrderItemFact => ({
  orderItemId,
  sku: `SKU-${orderItemId}`,
  asin: null,
  quantity: 1,
  amounts: null,
  ...more,
});
const order = (items: OrderItemFact[]): OrderFact => ({
  orderId: '202-1000001-0000001',
  purchasedAt: '2026-10-04T10:00:00Z',
  updatedAt: '2026-10-05T10:00:00Z',
  status: 'SHIPPED',
  fulfilledBy: 'AMAZON',
  channel: 'AMAZON',
  marketplaceId: 'A1F83G8C2ARO7P',
  marketplaceName: 'Amazon.co.uk',
  currency: 'GBP',
  replaces: null,
  amazonCollectsTax: true,
  items,
});
const SENT: ShipmentFact = {
  orderId: '202-1000001-0000001',
  shipmentId: 'G1',
  shippedAt: '2026-10-05T10:00:00Z',
  marketplaceName: 'Amazon.co.uk',
  currency: 'GBP',
  shipTo: 'GB',
  items: [
    { orderItemId: '1', sku: 'SKU-1', quantity: 1, amounts: { principal: 1200n }, taxes: { principal: 200n } },
    { orderItemId: '2', sku: 'SKU-2', quantity: 1, amounts: { principal: 3600n }, taxes: { principal: 600n } },
  ],
};
const booked = (sold: OrderFact) =>
  netShipment(SENT, sold, [], GB).items.map(({ amounts, taxed }) => [taxed?.collector, amounts.principal, amounts.tax]);

test('each item is whose Amazon says it is', () => {
  expect(booked(order([ordered('1', { amazonCollects: true }), ordered('2')]))).toEqual([
    ['amazon', 1000n, undefined],
    ['seller', 3000n, 600n],
  ]);
});

test('an order that was stored before its items said so is whose the order says', () => {
  expect(booked(order([ordered('1'), ordered('2')]))).toEqual([
    ['amazon', 1000n, undefined],
    ['amazon', 3000n, undefined],
  ]);
});
