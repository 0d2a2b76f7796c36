/** The Sales Order of an order: one line per order item and part of its price, net of tax. */
import { memoStart, type DocumentKey } from '../identifiers/external-id.ts';
import { dayIn, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { SALE_COMPONENTS, type OrderFact, type RefundComponent } from './order-facts.ts';

/** One line of an order-level document. */
export interface OrderLine {
  /** `{orderItemId} {component}`: stands in the line's description, by which later documents find it again. */
  tag: string;
  /** Goods are the SKU's item; everything else is an item of the connection's settings. */
  goods: boolean;
  sku: string | null;
  component: RefundComponent;
  quantity: number;
  /** Line total, signed: a promotion is negative. */
  amount: bigint;
}

export interface SalesOrderPlan {
  key: DocumentKey;
  memo: string;
  orderId: string;
  marketplaceId: string;
  currency: CurrencyCode;
  date: Day;
  lines: OrderLine[];
  total: bigint;
}

export function lineTag(orderItemId: string, component: RefundComponent): string {
  return `${orderItemId} ${component}`;
}

/** Multi-Channel orders: another shop made the sale, Amazon ships it; they carry no price here. */
export function isMultiChannel(order: Pick<OrderFact, 'channel' | 'orderId'>): boolean {
  return order.channel === 'NON_AMAZON' || order.orderId.startsWith('S01-');
}

/**
 * Plans the Sales Order; null while Amazon gives no price (a pending order).
 * Each line keeps the ordered quantity, so that a partial shipment can bill its share of shipping and promotions as
 * well. A part of the price that is zero gets no line; goods always do, also at no price (replacements, Multi-Channel).
 */
export function planSalesOrder(connection: string, order: OrderFact, timeZone: string): SalesOrderPlan | null {
  const currency = order.currency;
  if (currency === null || order.items.some((item) => item.amounts === null)) return null;
  const key: DocumentKey = { connection, purpose: 'SO', businessKey: order.orderId, part: 1 };
  const free = isMultiChannel(order);
  const lines = order.items.flatMap((item) =>
    SALE_COMPONENTS.flatMap((component): OrderLine[] => {
      const amount = free ? 0n : (item.amounts?.[component] ?? 0n);
      if (component !== 'principal' && amount === 0n) return [];
      return [{
        tag: lineTag(item.orderItemId, component), goods: component === 'principal',
        sku: component === 'principal' ? item.sku : null, component, quantity: item.quantity, amount,
      }];
    }),
  );
  return {
    key, memo: memoStart(key), orderId: order.orderId, marketplaceId: order.marketplaceId, currency,
    date: dayIn(order.purchasedAt, timeZone), lines, total: sumMinor(lines.map((line) => line.amount)),
  };
}

/** SKUs of an order, each once. */
export function skusOf(order: OrderFact): string[] {
  return [...new Set(order.items.map((item) => item.sku))];
}
