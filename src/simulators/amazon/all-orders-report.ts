import { isZero, sumOf } from './decimal.ts';
import { pricesHoldTax } from './marketplaces.ts';
import { momentOf, type OrderMoment } from './order-view.ts';
import { seededChoice } from './seeded.ts';
import { plainTable, withOffset } from './stock/tables.ts';
import type { AmazonWorld, WorldOrder, WorldOrderItem } from './world.ts';

/** Columns of GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL: those that every file has. Places of buyers are among them. */
const COLUMNS = [
  'amazon-order-id',
  'merchant-order-id',
  'purchase-date',
  'last-updated-date',
  'order-status',
  'fulfillment-channel',
  'sales-channel',
  'order-channel',
  'url',
  'ship-service-level',
  'product-name',
  'sku',
  'asin',
  'number-of-items',
  'item-status',
  'tax-collection-model',
  'tax-collection-responsible-party',
  'quantity',
  'currency',
  'item-price',
  'item-tax',
  'shipping-price',
  'shipping-tax',
  'gift-wrap-price',
  'gift-wrap-tax',
  'item-promotion-discount',
  'ship-promotion-discount',
  'address-type',
  'ship-city',
  'ship-state',
  'ship-postal-code',
  'ship-country',
  'promotion-ids',
  'is-business-order',
  'purchase-order-number',
] as const;
type Column = (typeof COLUMNS)[number];

const ORDER_STATUS: Readonly<Record<OrderMoment['status'], string>> = {
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'Shipping',
  SHIPPED: 'Shipped',
  CANCELLED: 'Cancelled',
};

/** Items of the orders placed within a range, as they stand now, whatever marketplaces were asked for; null when there are none. */
export function allOrdersReport(world: AmazonWorld, range: { start: string; end: string; now: string }): string | null {
  const rows = world.orders
    .map((order) => ({ order, moment: momentOf(order, range.now) }))
    .filter((entry): entry is { order: WorldOrder; moment: OrderMoment } => entry.moment !== null)
    .filter(({ moment: { createdTime } }) => createdTime >= range.start && createdTime <= range.end)
    .sort((a, b) => (a.moment.createdTime < b.moment.createdTime ? 1 : -1))
    .flatMap(({ order, moment }) => order.items.map((item) => reportRow(order, item, moment)));
  return rows.length === 0 ? null : plainTable([COLUMNS, ...rows]);
}

function reportRow(order: WorldOrder, item: WorldOrderItem, moment: OrderMoment): string[] {
  const { address, vatNumber } = order.buyer;
  const left = item.quantity - (item.cancelled && item.cancelled.at <= moment.now ? item.cancelled.units : 0);
  const isCancelled = moment.status === 'CANCELLED' || left === 0;
  const cells: Partial<Record<Column, string>> = {
    'amazon-order-id': order.orderId,
    'merchant-order-id': order.orderId,
    'purchase-date': withOffset(moment.createdTime),
    'last-updated-date': withOffset(moment.lastUpdatedTime),
    'order-status': ORDER_STATUS[moment.status],
    'fulfillment-channel': order.fulfilledBy === 'AMAZON' ? 'Amazon' : 'Merchant',
    'sales-channel': order.marketplaceName,
    'ship-service-level': seededChoice(order.orderId, ['Standard', 'SecondDay', 'Expedited']),
    'product-name': item.title,
    sku: item.sku,
    asin: item.asin,
    'number-of-items': '1',
    'item-status': isCancelled ? 'Cancelled' : moment.status === 'SHIPPED' ? 'Shipped' : 'Unshipped',
    quantity: String(isCancelled ? 0 : left),
    'address-type': 'Residential',
    'ship-city': address.city,
    'ship-state': address.state,
    'ship-postal-code': address.postalCode,
    'ship-country': address.countryCode,
    'is-business-order': String(vatNumber !== undefined),
    ...(item.taxWithheld && {
      'tax-collection-model': 'MarketplaceFacilitator',
      'tax-collection-responsible-party': 'Amazon Services, Inc.',
    }),
    // A pending order has no price yet, and a cancelled item none any more.
    ...(moment.priced && !isCancelled && pricesOf(order, item)),
  };
  return COLUMNS.map((column) => cells[column] ?? '');
}

function pricesOf(
  { marketplaceId, currency }: WorldOrder,
  { principal, shipping, giftWrap, promotion, shippingPromotion, tax, shippingTax, discountTax }: WorldOrderItem,
): Partial<Record<Column, string>> {
  const inside = pricesHoldTax(marketplaceId);
  const told = (amount: string) => (isZero(amount) ? '' : amount);
  return {
    currency,
    'item-price': inside ? sumOf([principal, tax], currency) : principal,
    'item-tax': sumOf([tax, inside ? '0' : (discountTax ?? '0')], currency),
    'shipping-price': told(inside ? sumOf([shipping, shippingTax], currency) : shipping),
    'shipping-tax': told(shippingTax),
    'gift-wrap-price': told(giftWrap),
    'item-promotion-discount': told(promotion),
    'ship-promotion-discount': told(shippingPromotion),
  };
}
