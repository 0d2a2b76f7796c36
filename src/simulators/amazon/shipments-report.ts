import type { AmazonWorld, WorldOrder, WorldShipment } from './world.ts';
import { seededChoice, seededDigits } from './seeded.ts';
import { isZero, sumOf } from './decimal.ts';
import { shifted, DAY } from './instants.ts';
import { pricesHoldTax } from './marketplaces.ts';

/** Columns of GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL, in Amazon's order. Buyers' personal data is among them. */
const COLUMNS = [
  'amazon-order-id',
  'merchant-order-id',
  'shipment-id',
  'shipment-item-id',
  'amazon-order-item-id',
  'merchant-order-item-id',
  'purchase-date',
  'payments-date',
  'shipment-date',
  'reporting-date',
  'buyer-email',
  'buyer-name',
  'buyer-phone-number',
  'sku',
  'product-name',
  'quantity-shipped',
  'currency',
  'item-price',
  'item-tax',
  'shipping-price',
  'shipping-tax',
  'gift-wrap-price',
  'gift-wrap-tax',
  'ship-service-level',
  'recipient-name',
  'ship-address-1',
  'ship-address-2',
  'ship-address-3',
  'ship-city',
  'ship-state',
  'ship-postal-code',
  'ship-country',
  'ship-phone-number',
  'bill-address-1',
  'bill-address-2',
  'bill-address-3',
  'bill-city',
  'bill-state',
  'bill-postal-code',
  'bill-country',
  'item-promotion-discount',
  'ship-promotion-discount',
  'carrier',
  'tracking-number',
  'estimated-arrival-date',
  'fulfillment-center-id',
  'fulfillment-channel',
  'sales-channel',
] as const;
type Column = (typeof COLUMNS)[number];

/** Rows shipped inside the range and published by now, as tab-separated text; null when there are none. */
export function fulfilledShipmentsReport(
  world: AmazonWorld,
  range: { start: string; end: string; now: string; marketplaceIds: readonly string[] },
): string | null {
  const orders = new Map(world.orders.map((order) => [order.orderId, order]));
  const rows = reported(world)
    .filter(
      (shipment) =>
        shipment.publishedAt <= range.now && shipment.shippedAt >= range.start && shipment.shippedAt <= range.end,
    )
    .sort((a, b) => (a.shippedAt < b.shippedAt ? -1 : 1))
    .flatMap((shipment) => {
      const order = orders.get(shipment.orderId);
      if (!order || order.fulfilledBy !== 'AMAZON' || !range.marketplaceIds.includes(order.marketplaceId)) return [];
      return shipment.items.map((item) => reportRow(order, shipment, item));
    });
  if (rows.length === 0) return null;
  return [COLUMNS, ...rows].map((cells) => `${cells.join('\t')}\n`).join('');
}

/** The report may miss most of a day (issue 5161 of the models' repository): of the days that the world names, all but the first shipments. */
function reported({ shipments, shipmentsMissed }: AmazonWorld): WorldShipment[] {
  if (shipmentsMissed === undefined) return [...shipments];
  const { days, keeps } = shipmentsMissed;
  const missed = new Set(
    days.flatMap((day) =>
      shipments
        .filter(({ shippedAt }) => shippedAt.startsWith(day))
        .sort((a, b) => (a.shippedAt < b.shippedAt ? -1 : 1))
        .slice(keeps),
    ),
  );
  return shipments.filter((shipment) => !missed.has(shipment));
}

function reportRow(order: WorldOrder, shipment: WorldShipment, item: WorldShipment['items'][number]): string[] {
  const purchase = stamp(order.history[0]?.at ?? shipment.shippedAt);
  const { name, email, address } = order.buyer;
  const phone = `+1 555-${seededDigits(`${order.orderId} phone`, 3)}-${seededDigits(`${order.orderId} phone 2`, 4)}`;
  const prices = pricesOf(order, item);
  const cells: Partial<Record<Column, string>> = {
    'amazon-order-id': order.orderId,
    'merchant-order-id': order.orderId,
    'shipment-id': shipment.shipmentId,
    'shipment-item-id': item.shipmentItemId,
    'amazon-order-item-id': item.orderItemId,
    'purchase-date': purchase,
    'payments-date': purchase,
    'shipment-date': stamp(shipment.shippedAt),
    'reporting-date': stamp(shipment.publishedAt),
    'buyer-email': email,
    'buyer-name': name,
    'buyer-phone-number': phone,
    sku: item.sku,
    'product-name': order.items.find((ordered) => ordered.orderItemId === item.orderItemId)?.title ?? item.sku,
    'quantity-shipped': String(item.quantity),
    currency: order.currency,
    'item-price': prices.item,
    'item-tax': item.tax,
    'shipping-price': prices.shipping,
    'shipping-tax': item.shippingTax,
    'gift-wrap-price': item.giftWrap,
    'gift-wrap-tax': '0.00',
    'ship-service-level': seededChoice(order.orderId, ['Standard', 'SecondDay', 'Expedited']),
    'recipient-name': name,
    'ship-address-1': address.line1,
    'ship-city': address.city,
    'ship-state': address.state,
    'ship-postal-code': address.postalCode,
    'ship-country': address.countryCode,
    'ship-phone-number': phone,
    'bill-address-1': address.line1,
    'bill-city': address.city,
    'bill-state': address.state,
    'bill-postal-code': address.postalCode,
    'bill-country': address.countryCode,
    'item-promotion-discount': prices.itemDiscount,
    'ship-promotion-discount': prices.shippingDiscount,
    carrier: shipment.carrier,
    'tracking-number': shipment.trackingNumber,
    'estimated-arrival-date': stamp(shifted(shipment.shippedAt, 2 * DAY)),
    'fulfillment-center-id': shipment.fulfillmentCenter,
    'fulfillment-channel': 'AFN',
    'sales-channel': order.channel === 'NON_AMAZON' ? order.marketplaceName : order.marketplaceName.toLowerCase(),
  };
  return COLUMNS.map((column) => cells[column] ?? '');
}

/**
 * Where prices hold the tax, the tax beside them is inside; so it is with discounts, whose tax no column tells. Which of two
 * discounts it is of nobody knows here: it is the item's where that has one.
 */
function pricesOf(
  { marketplaceId, currency }: WorldOrder,
  item: WorldShipment['items'][number],
): Record<'item' | 'shipping' | 'itemDiscount' | 'shippingDiscount', string> {
  const { principal, shipping, promotion, shippingPromotion } = item;
  if (!pricesHoldTax(marketplaceId))
    return { item: principal, shipping, itemDiscount: promotion, shippingDiscount: shippingPromotion };
  const discountTax = item.discountTax ?? '0';
  const isOfItem = !isZero(promotion);
  const sum = (...amounts: string[]) => sumOf(amounts, currency);
  return {
    item: sum(principal, item.tax),
    shipping: sum(shipping, item.shippingTax),
    itemDiscount: isOfItem ? sum(promotion, discountTax) : promotion,
    shippingDiscount: isOfItem ? shippingPromotion : sum(shippingPromotion, discountTax),
  };
}

/** This report writes an offset instead of `Z`. */
function stamp(instant: string): string {
  return instant.replace('Z', '+00:00');
}
