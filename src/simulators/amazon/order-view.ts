import type {
  ItemProceedsBreakdown,
  Money,
  Order,
  OrderItem,
  OrderProceedsBreakdown,
} from '@sp-api-sdk/orders-api-2026-01-01';
import type { WorldOrder, WorldOrderItem, WorldShipment } from './world.ts';
import { decimalOf, digitsOf, isZero, minorOf, negated, sumOf } from './decimal.ts';
import { shifted, DAY } from './instants.ts';

export const INCLUDED_DATA = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
  'FULFILLMENT_ORDERS',
] as const;
export type IncludedData = (typeof INCLUDED_DATA)[number];

/** What of an order has happened by an instant; null while it is not there yet. */
export interface OrderMoment {
  now: string;
  createdTime: string;
  lastUpdatedTime: string;
  status: WorldOrder['history'][number]['status'];
  priced: boolean;
}

export function momentOf(order: WorldOrder, now: string): OrderMoment | null {
  const passed = order.history.filter((entry) => entry.at <= now);
  const [first, last] = [passed[0], passed.at(-1)];
  if (!first || !last) return null;
  // A pending order has no price yet, and one that was cancelled while pending never gets one.
  const priced = passed.some((entry) => entry.status !== 'PENDING' && entry.status !== 'CANCELLED');
  const cancelled = order.items.flatMap((item) =>
    item.cancelled && item.cancelled.at <= now ? [item.cancelled.at] : [],
  );
  return {
    now,
    createdTime: first.at,
    lastUpdatedTime: [last.at, ...cancelled].sort().at(-1)!,
    status: last.status,
    priced,
  };
}

/**
 * An order as Orders 2026-01-01 shows it. Blocks outside `included` are left out, as Amazon does.
 * Money is `{amount: "12.34", currencyCode}`; the subtotal of DISCOUNT is positive and `proceedsTotal` subtracts it (assumption).
 */
export function orderView(
  order: WorldOrder,
  moment: OrderMoment,
  shipments: readonly WorldShipment[],
  included: ReadonlySet<IncludedData>,
): Order {
  const items = order.items.map((item) =>
    itemView(order, item, moment, unitsShipped(order, item, moment, shipments), included),
  );
  return {
    orderId: order.orderId,
    createdTime: moment.createdTime,
    lastUpdatedTime: moment.lastUpdatedTime,
    ...(order.replaces !== null && {
      associatedOrders: [{ orderId: order.replaces, associationType: 'REPLACEMENT_ORIGINAL_ID' }],
    }),
    salesChannel: {
      channelName: order.channel,
      marketplaceId: order.marketplaceId,
      marketplaceName: order.marketplaceName,
    },
    // The buyer's e-mail is given only for orders that the merchant sends.
    ...(included.has('BUYER') && {
      buyer: {
        buyerName: order.buyer.name,
        ...(order.fulfilledBy === 'MERCHANT' && { buyerEmail: order.buyer.email }),
      },
    }),
    ...(included.has('RECIPIENT') && { recipient: { deliveryAddress: addressOf(order) } }),
    ...(included.has('PROCEEDS') && moment.priced && { proceeds: proceedsOf(order) }),
    ...(included.has('FULFILLMENT') && {
      fulfillment: {
        fulfillmentStatus: moment.status,
        fulfilledBy: order.fulfilledBy,
        fulfillmentServiceLevel: 'STANDARD',
        shipByWindow: { earliestDateTime: moment.createdTime, latestDateTime: shifted(moment.createdTime, 2 * DAY) },
      },
    }),
    orderItems: items,
    // Packages are told only of orders that the merchant sends.
    ...(included.has('PACKAGES') &&
      order.fulfilledBy === 'MERCHANT' &&
      moment.status === 'SHIPPED' && {
        packages: [
          {
            packageReferenceId: '1',
            shipTime: moment.lastUpdatedTime,
            packageStatus: { status: 'IN_TRANSIT' },
            packageItems: order.items.map((item) => ({ orderItemId: item.orderItemId, quantity: item.quantity })),
          },
        ],
      }),
  } satisfies Order;
}

function itemView(
  order: WorldOrder,
  item: WorldOrderItem,
  moment: OrderMoment,
  shipped: number,
  included: ReadonlySet<IncludedData>,
): OrderItem {
  const discounted = !isZero(item.promotion) || !isZero(item.shippingPromotion);
  const unitsCancelled =
    moment.status === 'CANCELLED'
      ? item.quantity - shipped
      : item.cancelled && item.cancelled.at <= moment.now
        ? item.cancelled.units
        : 0;
  const cancelled = moment.status === 'CANCELLED' || unitsCancelled > 0;
  return {
    orderItemId: item.orderItemId,
    quantityOrdered: item.quantity,
    product: {
      asin: item.asin,
      title: item.title,
      sellerSku: item.sku,
      condition: { conditionType: 'NEW', conditionSubtype: 'NEW' },
      ...(moment.priced && { price: { unitPrice: unitPrice(item, order.currency) } }),
    },
    ...(included.has('PROCEEDS') &&
      moment.priced && {
        proceeds: {
          proceedsTotal: money(itemTotal(item, order.currency), order.currency),
          breakdowns: itemBreakdowns(item, order.currency),
        },
      }),
    ...(included.has('EXPENSE') &&
      moment.priced &&
      item.points !== undefined && {
        expense: {
          pointsCost: {
            pointsGranted: { pointsMonetaryValue: money(negated(item.points, order.currency), order.currency) },
          },
        },
      }),
    ...(included.has('PROMOTION') &&
      discounted && {
        promotion: { breakdowns: [{ promotionId: isZero(item.promotion) ? 'Core Free Shipping' : 'Coupon, autumn' }] },
      }),
    ...(included.has('CANCELLATION') &&
      cancelled && {
        cancellation: { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'BUYER_CANCELED' } },
      }),
    ...(included.has('FULFILLMENT') && {
      fulfillment: {
        quantityFulfilled: shipped,
        quantityUnfulfilled: Math.max(0, item.quantity - shipped - unitsCancelled),
      },
    }),
    ...(included.has('TAX') &&
      moment.priced &&
      item.taxWithheld && {
        tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }] },
      }),
  } satisfies OrderItem;
}

function unitsShipped(
  order: WorldOrder,
  item: WorldOrderItem,
  moment: OrderMoment,
  shipments: readonly WorldShipment[],
): number {
  if (moment.status === 'SHIPPED')
    return item.quantity - (item.cancelled && item.cancelled.at <= moment.now ? item.cancelled.units : 0);
  if (moment.status !== 'PARTIALLY_SHIPPED') return 0;
  return shipments
    .filter((shipment) => shipment.orderId === order.orderId && shipment.shippedAt <= moment.lastUpdatedTime)
    .flatMap((shipment) => shipment.items)
    .filter((row) => row.orderItemId === item.orderItemId)
    .reduce((sum, row) => sum + row.quantity, 0);
}

function money(amount: string, currencyCode: string): Money {
  return { amount, currencyCode };
}

/** Rounded half up, as a price tag is: times the quantity it need not give the line total. */
function unitPrice(item: WorldOrderItem, currency: string): Money {
  const digits = digitsOf(currency);
  const quantity = BigInt(Math.max(item.quantity, 1));
  return money(decimalOf((2n * minorOf(item.principal, digits) + quantity) / (2n * quantity), digits), currency);
}

type Kind = 'ITEM' | 'SHIPPING' | 'GIFT_WRAP' | 'COD_FEE' | 'TAX' | 'DISCOUNT';

function kindAmounts(item: WorldOrderItem, currency: string): Record<Kind, string> {
  return {
    ITEM: item.principal,
    SHIPPING: item.shipping,
    GIFT_WRAP: item.giftWrap,
    COD_FEE: item.cod ?? '0',
    TAX: sumOf([item.tax, item.shippingTax, item.codTax ?? '0', item.discountTax ?? '0'], currency),
    DISCOUNT: negated(sumOf([item.promotion, item.shippingPromotion], currency), currency),
  };
}

const KINDS: readonly Kind[] = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'TAX', 'DISCOUNT'];

function itemTotal(item: WorldOrderItem, currency: string): string {
  return sumOf(
    [
      item.principal,
      item.shipping,
      item.giftWrap,
      item.cod ?? '0',
      item.tax,
      item.shippingTax,
      item.codTax ?? '0',
      item.discountTax ?? '0',
      item.promotion,
      item.shippingPromotion,
    ],
    currency,
  );
}

/** Detailed breakdowns exist only under TAX and DISCOUNT. */
function itemBreakdowns(item: WorldOrderItem, currency: string): ItemProceedsBreakdown[] {
  const amounts = kindAmounts(item, currency);
  const details: Partial<Record<Kind, [string, string][]>> = {
    TAX: [
      ['ITEM', item.tax],
      ['SHIPPING', item.shippingTax],
      ['COD_FEE', item.codTax ?? '0'],
      ['DISCOUNT', negated(item.discountTax ?? '0', currency)],
    ],
    DISCOUNT: [
      ['ITEM', negated(item.promotion, currency)],
      ['SHIPPING', negated(item.shippingPromotion, currency)],
    ],
  };
  return KINDS.filter((kind) => kind === 'ITEM' || !isZero(amounts[kind])).map((kind) => ({
    type: kind,
    subtotal: money(amounts[kind], currency),
    ...(details[kind] && {
      detailedBreakdowns: details[kind]
        .filter(([, amount]) => !isZero(amount))
        .map(([subtype, amount]) => ({ subtype, value: money(amount, currency) })),
    }),
  }));
}

function proceedsOf(order: WorldOrder): NonNullable<Order['proceeds']> {
  const perItem = order.items.map((item) => kindAmounts(item, order.currency));
  const totals = KINDS.map((kind) => ({
    kind,
    amount: sumOf(
      perItem.map((amounts) => amounts[kind]),
      order.currency,
    ),
  }));
  const breakdowns: OrderProceedsBreakdown[] = totals
    .filter(({ kind, amount }) => kind === 'ITEM' || !isZero(amount))
    .map(({ kind, amount }) => ({ type: kind, subtotal: money(amount, order.currency) }));
  return {
    grandTotal: money(
      sumOf(
        order.items.map((item) => itemTotal(item, order.currency)),
        order.currency,
      ),
      order.currency,
    ),
    breakdowns,
  };
}

/** The address is reduced on orders that Amazon sends, as sellers report it. */
function addressOf(order: WorldOrder): {
  name?: string;
  addressLine1?: string;
  city: string;
  stateOrRegion: string;
  postalCode: string;
  countryCode: string;
} {
  const { line1, city, state, postalCode, countryCode } = order.buyer.address;
  const reduced = { city, stateOrRegion: state, postalCode, countryCode };
  return order.fulfilledBy === 'MERCHANT' ? { name: order.buyer.name, addressLine1: line1, ...reduced } : reduced;
}
