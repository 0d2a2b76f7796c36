/** Orders API 2026-01-01: `searchOrders`, `getOrder`. */
import { z } from 'zod';
import { digitsOf, parseMinor, sumMinor, type CurrencyCode } from '../../domain/money/money.ts';
import type { OrderFact, OrderItemFact, OrderStatus, SaleAmounts, ToldTaxes } from '../../domain/orders/order-facts.ts';
import { count, instant, notPositive, type DriftNotes } from './read-payload.ts';

/** Blocks that are missing unless they are asked for (Amazon: model ordersV2026-01-01, `includedData`). Buyer and recipient are never asked for. */
export const INCLUDED_DATA = ['PROCEEDS', 'EXPENSE', 'PROMOTION', 'CANCELLATION', 'FULFILLMENT', 'TAX'] as const;

const money = z
  .looseObject({ amount: z.string(), currencyCode: z.string() })
  .transform(({ amount, currencyCode }, context) => {
    const minor = parseMinor(amount, currencyCode);
    if (minor !== null) return { minor, currency: currencyCode };
    context.addIssue({
      code: 'custom',
      message: `"${amount}" is not an amount in ${currencyCode} (${digitsOf(currencyCode)} decimals)`,
    });
    return z.NEVER;
  });

const orderItem = z.looseObject({
  orderItemId: z.string(),
  quantityOrdered: count,
  product: z.looseObject({ asin: z.string().optional(), sellerSku: z.string().optional() }),
  proceeds: z
    .looseObject({
      proceedsTotal: money.optional(),
      breakdowns: z
        .array(
          z.looseObject({
            type: z.string(),
            subtotal: money,
            detailedBreakdowns: z.array(z.looseObject({ subtype: z.string(), value: money })).nullish(),
          }),
        )
        .optional(),
    })
    .optional(),
  expense: z
    .looseObject({
      pointsCost: z
        .looseObject({ pointsGranted: z.looseObject({ pointsMonetaryValue: money.optional() }).optional() })
        .optional(),
    })
    .optional(),
  cancellation: z.looseObject({ cancellationExecution: z.looseObject({}).nullish() }).nullish(),
  fulfillment: z.looseObject({ quantityFulfilled: count.optional(), quantityUnfulfilled: count.optional() }).nullish(),
  tax: z
    .looseObject({ taxCollections: z.array(z.looseObject({ model: z.string().optional() })).optional() })
    .optional(),
});

const order = z.looseObject({
  orderId: z.string(),
  createdTime: instant,
  lastUpdatedTime: instant,
  associatedOrders: z
    .array(z.looseObject({ orderId: z.string().optional(), associationType: z.string().optional() }))
    .optional(),
  salesChannel: z.looseObject({
    channelName: z.string(),
    marketplaceId: z.string().optional(),
    marketplaceName: z.string().optional(),
  }),
  fulfillment: z.looseObject({ fulfillmentStatus: z.string(), fulfilledBy: z.string().optional() }).optional(),
  orderItems: z.array(orderItem),
});
type OrderPayload = z.output<typeof order>;
type ItemPayload = z.output<typeof orderItem>;

/** `pagination` is absent on the last page (Amazon: model ordersV2026-01-01, `SearchOrdersResponse`). Each order is checked by itself: see {@link orderFactsOf}. */
export const ordersPage = z.looseObject({
  orders: z.array(z.unknown()),
  pagination: z.looseObject({ nextToken: z.string().nullish() }).nullish(),
  lastUpdatedBefore: instant.optional(),
});
export const singleOrder = z.looseObject({ order: z.looseObject({}) });

const ORDER_FIELDS = [
  'orderId',
  'orderAliases',
  'createdTime',
  'lastUpdatedTime',
  'programs',
  'associatedOrders',
  'salesChannel',
  'buyer',
  'recipient',
  'proceeds',
  'payment',
  'tax',
  'fulfillment',
  'orderItems',
  'packages',
  'fulfillmentOrders',
];
const ITEM_FIELDS = [
  'orderItemId',
  'quantityOrdered',
  'measurement',
  'associatedOrderItems',
  'programs',
  'product',
  'proceeds',
  'expense',
  'promotion',
  'cancellation',
  'fulfillment',
  'tax',
];
/** Amazon: model ordersV2026-01-01, `fulfillmentStatus`; `PENDING_AVAILABILITY` is a pre-order in Japan, `UNFULFILLABLE` a Multi-Channel order. */
const STATUSES: readonly OrderStatus[] = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
];

/** The orders of a page. One that cannot be read is noted by its id and holds up none of the others. */
export function orderFactsOf(payloads: readonly unknown[], drift: DriftNotes): OrderFact[] {
  return drift
    .readable(payloads, order, ({ orderId, lastUpdatedTime }) => ({
      record: 'order',
      id: orderId,
      orderId: typeof orderId === 'string' ? orderId : null,
      changedAt: lastUpdatedTime,
    }))
    .map((payload) => orderFactOf(payload, drift));
}

/** An order as a fact, without any personal data. */
export function orderFactOf(payload: OrderPayload, drift: DriftNotes): OrderFact {
  drift.unknownFields('order', payload, ORDER_FIELDS);
  const items = payload.orderItems.map((item) => ({ item, money: itemAmounts(item, drift) }));
  return {
    orderId: payload.orderId,
    purchasedAt: payload.createdTime,
    updatedAt: payload.lastUpdatedTime,
    status: statusOf(payload, drift),
    fulfilledBy: oneOf('fulfilledBy', payload.fulfillment?.fulfilledBy, ['AMAZON', 'MERCHANT'], drift),
    channel: oneOf('channelName', payload.salesChannel.channelName, ['AMAZON', 'NON_AMAZON'], drift),
    marketplaceId: payload.salesChannel.marketplaceId ?? '',
    marketplaceName: payload.salesChannel.marketplaceName ?? '',
    currency: items.find(({ money }) => money !== null)?.money?.currency ?? null,
    replaces:
      payload.associatedOrders?.find(({ associationType }) => associationType === 'REPLACEMENT_ORIGINAL_ID')?.orderId ??
      null,
    amazonCollectsTax: payload.orderItems.some(isCollectedByAmazon),
    items: items.map(({ item, money }): OrderItemFact => ({
      orderItemId: item.orderItemId,
      sku: item.product.sellerSku ?? '',
      asin: item.product.asin ?? null,
      quantity: item.quantityOrdered,
      ...cancelledOf(item),
      amounts: money?.amounts ?? null,
      ...(money?.tax ? { tax: money.tax } : {}),
      ...(isCollectedByAmazon(item) ? { amazonCollects: true as const } : {}),
    })),
  };
}

/** Amazon: model ordersV2026-01-01, `taxCollections.model`. */
function isCollectedByAmazon({ tax }: ItemPayload): boolean {
  return tax?.taxCollections?.some(({ model }) => model === 'MARKETPLACE_FACILITATOR') ?? false;
}

/** Units that a cancellation took out of an item: those that were neither sent nor are still to be sent. */
function cancelledOf({ quantityOrdered, cancellation, fulfillment }: ItemPayload): { cancelled?: number } {
  if (!cancellation?.cancellationExecution) return {};
  const left = (fulfillment?.quantityFulfilled ?? 0) + (fulfillment?.quantityUnfulfilled ?? 0);
  return left < quantityOrdered ? { cancelled: quantityOrdered - left } : {};
}

/** A status that we do not know counts as pending, so that nothing is done until Amazon says something known. */
function statusOf(payload: OrderPayload, drift: DriftNotes): OrderStatus {
  const status = payload.fulfillment?.fulfillmentStatus;
  const known = STATUSES.find((name) => name === status);
  if (!known) drift.note('order.fulfillment', `unknown fulfillmentStatus ${status ?? '(missing)'}, taken as PENDING`);
  return known ?? 'PENDING';
}

/** The first choice stands in for an unknown value, which is noted. */
function oneOf<const T extends string>(
  field: string,
  value: string | undefined,
  choices: readonly [T, ...T[]],
  drift: DriftNotes,
): T {
  const known = choices.find((choice) => choice === value);
  if (!known) drift.note('order', `unknown ${field} ${value ?? '(missing)'}, taken as ${choices[0]}`);
  return known ?? choices[0];
}

/** Amazon: model ordersV2026-01-01, `ItemProceedsBreakdown.type`; the list is open. */
const COMPONENT_OF_TYPE: Readonly<Record<string, keyof SaleAmounts>> = {
  ITEM: 'principal',
  SHIPPING: 'shipping',
  GIFT_WRAP: 'gift-wrap',
  COD_FEE: 'cod',
  DISCOUNT: 'promotion',
  TAX: 'tax',
};
/** Amazon: model ordersV2026-01-01, `detailedBreakdowns.subtype` under TAX; what has no word of its own is tax of the goods. */
const TAX_OF_SUBTYPE: Readonly<Record<string, keyof ToldTaxes>> = {
  SHIPPING: 'shipping',
  GIFT_WRAP: 'gift-wrap',
  COD_FEE: 'cod',
  DISCOUNT: 'promotion',
};

type ItemProceeds = NonNullable<ItemPayload['proceeds']>;

interface ItemMoney {
  amounts: SaleAmounts;
  tax: OrderItemFact['tax'];
  currency: CurrencyCode;
}

/**
 * Line totals as they are told; null while there is no price. A discount covers items and shipping and comes with either
 * sign: it is made zero or negative, as points are.
 */
function itemAmounts(item: ItemPayload, drift: DriftNotes): ItemMoney | null {
  drift.unknownFields('order item', item, ITEM_FIELDS);
  const breakdowns = item.proceeds?.breakdowns ?? [];
  const first = breakdowns[0];
  if (!first) return null;
  const parts = new Map<keyof SaleAmounts, bigint[]>();
  const put = (component: keyof SaleAmounts, minor: bigint) =>
    parts.set(component, [...(parts.get(component) ?? []), minor]);
  for (const { type, subtotal } of breakdowns) {
    const component = COMPONENT_OF_TYPE[type];
    if (component === undefined && subtotal.minor !== 0n)
      drift.note('order item.proceeds', `amount of unknown type ${type}`);
    if (component === undefined || component === 'tax') continue;
    put(component, component === 'promotion' ? notPositive(subtotal.minor) : subtotal.minor);
  }
  const amounts: SaleAmounts = Object.fromEntries(
    [...parts].map(([component, minors]) => [component, sumMinor(minors)]),
  );
  const tax = toldTax(item.proceeds!, sumMinor(Object.values(amounts)));
  const points = item.expense?.pointsCost?.pointsGranted?.pointsMonetaryValue;
  if (points) amounts.points = notPositive(points.minor);
  return { currency: first.subtotal.currency, amounts, tax };
}

/**
 * The part TAX by what it is of. The others hold it where they come to `proceedsTotal` without it, and are net where they
 * do with it (tax.md, *Price*). A discount's tax comes with either sign, and the subtotal is less it.
 */
function toldTax({ breakdowns, proceedsTotal }: ItemProceeds, others: bigint): OrderItemFact['tax'] {
  const told = (breakdowns ?? []).filter(({ type }) => type === 'TAX');
  const total = sumMinor(told.map(({ subtotal }) => subtotal.minor));
  if (told.length === 0) return undefined;
  const beside = new Map<keyof ToldTaxes, bigint[]>();
  const details = told.flatMap(({ detailedBreakdowns }) => detailedBreakdowns ?? []);
  for (const { subtype, value } of details) {
    const part = TAX_OF_SUBTYPE[subtype];
    if (part === undefined) continue;
    beside.set(part, [...(beside.get(part) ?? []), part === 'promotion' ? notPositive(value.minor) : value.minor]);
  }
  // Told part by part: a fee of which none is told has none.
  if (details.length > 0 && (breakdowns ?? []).some(({ type }) => type === 'COD_FEE') && !beside.has('cod'))
    beside.set('cod', [0n]);
  const parts: ToldTaxes = Object.fromEntries([...beside].map(([part, minors]) => [part, sumMinor(minors)]));
  parts.principal = sumMinor([total, ...Object.values(parts).map((minor) => -minor)]);
  return { parts, holdTax: total !== 0n && proceedsTotal?.minor === others };
}
