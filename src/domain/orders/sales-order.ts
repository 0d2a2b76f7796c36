/** The Sales Order of an order: one line per order item and part of its price, net of tax, and one for the tax that the seller owes. */
import { memoStart, type DocumentKey } from '../identifiers/external-id.ts';
import { keyPart } from '../identifiers/key-part.ts';
import { isMultiChannelSale } from '../identifiers/multi-channel.ts';
import { dayIn, type Day } from '../money/instant.ts';
import { formatMinor, shareOf, sumMinor, type CurrencyCode } from '../money/money.ts';
import type { ItemTax } from '../tax/tax-policy.ts';
import { renderRate } from '../tax/tax-rate.ts';
import {
  SALE_COMPONENTS,
  type OrderFact,
  type OrderItemFact,
  type RefundComponent,
  type SaleAmounts,
  type SaleComponent,
} from './order-facts.ts';

/** One line of an order-level document. */
export interface OrderLine {
  /** `{orderItemId} {component}`: stands in the line's description, by which later documents find it again. */
  tag: string;
  /** Goods are the SKU's item; everything else is an item of the connection's settings. */
  goods: boolean;
  sku: string | null;
  component: RefundComponent;
  /** Amazon's units: a pack is one. */
  quantity: number;
  /** Line total, signed: a promotion is negative. */
  amount: bigint;
  /** Of a tax line: whose tax, at which rate, on what. */
  tax?: LineTax;
}

/** What a tax line says beside its amount. */
export type LineTax = Pick<ItemTax, 'jurisdiction' | 'rate' | 'net'>;

export interface SalesOrderLine extends OrderLine {
  /** Units of the item that one of the SKU is (`item-units.ts`); absent where it is one, and in plans of before there were packs. */
  units?: number;
}

export interface SalesOrderPlan {
  key: DocumentKey<'SO'>;
  memo: string;
  orderId: string;
  marketplaceId: string;
  currency: CurrencyCode;
  date: Day;
  lines: SalesOrderLine[];
  total: bigint;
}

/** Between a line's tag and what else its description says. */
const BEHIND_TAG = ' · ';

/** What stands in a line's description: its tag, and of tax also whose, at which rate and on what (`VAT GB 20 % on 100.00`). */
export function lineDescription({ tag, tax }: Pick<OrderLine, 'tag' | 'tax'>, currency: CurrencyCode): string {
  if (tax === undefined) return tag;
  const rate = tax.rate === null ? 'at an unknown rate' : renderRate(tax.rate);
  return `${tag}${BEHIND_TAG}VAT ${tax.jurisdiction} ${rate} on ${formatMinor(tax.net, currency)}`;
}

/** The tag in the description of a line. */
export function tagOf(description: string): string {
  return description.split(BEHIND_TAG, 1)[0]!;
}

export function lineTag(orderItemId: string, component: RefundComponent): string {
  return `${orderItemId} ${component}`;
}

/** The order item that a tag names. */
export function itemOfTag(tag: string): string {
  return tag.split(' ', 1)[0]!;
}

/** Multi-Channel orders: another shop made the sale, Amazon ships it; they carry no price here and are never billed. */
export function isMultiChannel(order: Pick<OrderFact, 'channel' | 'orderId' | 'marketplaceName'>): boolean {
  return order.channel === 'NON_AMAZON' || isMultiChannelSale(order.orderId, order.marketplaceName);
}

/** Units of an item that are to be sent, or were. */
export function unitsOf({ quantity, cancelled = 0 }: Pick<OrderItemFact, 'quantity' | 'cancelled'>): number {
  return quantity - cancelled;
}

/**
 * Plans the Sales Order; null while Amazon gives no price (a pending order) or leaves nothing to send.
 * Each line keeps the ordered quantity, so that a partial shipment can bill its share of shipping and promotions as
 * well. A part of the price that is zero gets no line; goods always do, also at no price (replacements, Multi-Channel).
 * One that comes to less than zero is cut to zero: see {@link cutToZero}.
 */
export function planSalesOrder(connection: string, order: OrderFact, timeZone: string): SalesOrderPlan | null {
  const currency = order.currency;
  const items = order.items.filter((item) => unitsOf(item) > 0);
  if (currency === null || items.length === 0 || items.some((item) => item.amounts === null)) return null;
  const key: DocumentKey<'SO'> = { connection, purpose: 'SO', businessKey: keyPart(order.orderId), part: 1 };
  const free = isMultiChannel(order);
  const planned = items.flatMap((item) =>
    SALE_COMPONENTS.flatMap((component): OrderLine[] => {
      const quantity = unitsOf(item);
      const amount = free ? 0n : shareOf(item.amounts?.[component] ?? 0n, quantity, item.quantity);
      if (!hasLine(component, amount, free ? {} : (item.amounts ?? {}))) return [];
      return [
        {
          tag: lineTag(item.orderItemId, component),
          goods: component === 'principal',
          sku: component === 'principal' ? item.sku : null,
          component,
          quantity,
          amount,
          ...taxOfLine(component, item),
        },
      ];
    }),
  );
  const { lines } = cutToZero(planned);
  return {
    key,
    memo: memoStart(key),
    orderId: order.orderId,
    marketplaceId: order.marketplaceId,
    currency,
    date: dayIn(order.purchasedAt, timeZone),
    lines,
    total: sumMinor(lines.map((line) => line.amount)),
  };
}

/** Goods have a line at no price too, and so has tax that the seller owes: a later document bills it. */
export function hasLine(component: SaleComponent, amount: bigint, amounts: SaleAmounts): boolean {
  return amount !== 0n || component === 'principal' || (component === 'tax' && amounts.tax !== undefined);
}

export function taxOfLine(component: RefundComponent, { taxed }: { taxed?: ItemTax }): { tax?: LineTax } {
  if (component !== 'tax' || taxed === undefined) return {};
  return { tax: { jurisdiction: taxed.jurisdiction, rate: taxed.rate, net: taxed.net } };
}

/** Of two tax lines that become one: at an unknown rate where they are not alike. */
export function taxTogether(one: OrderLine, other: OrderLine): { tax?: LineTax } {
  if (one.tax === undefined || other.tax === undefined) return {};
  return {
    tax: { ...one.tax, rate: one.tax.rate === other.tax.rate ? one.tax.rate : null, net: one.tax.net + other.tax.net },
  };
}

/** What a plan keeps of the tax in its items. */
export function taxesOf(items: readonly { taxed?: ItemTax }[]): { taxes?: ItemTax[] } {
  const taxes = items.flatMap(({ taxed }) => taxed ?? []);
  return taxes.length > 0 ? { taxes } : {};
}

/** Where promotions are cut first, then points: nothing else of a sale is below zero. */
const CUT: readonly RefundComponent[] = ['promotion', 'points'];

/**
 * Lines of a document that would come to less than zero, which NetSuite refuses: promotion lines (then points) are cut, the
 * last first, until it is zero. `cut` is what was taken away, above zero, line by line.
 */
export function cutToZero(lines: readonly OrderLine[]): { lines: OrderLine[]; cut: OrderLine[] } {
  let below = -sumMinor(lines.map((line) => line.amount));
  const cut: OrderLine[] = [];
  const left = new Map(lines.map((line) => [line.tag, line]));
  for (const component of CUT) {
    for (const line of lines.filter((one) => one.component === component && one.amount < 0n).reverse()) {
      if (below <= 0n) break;
      const amount = below < -line.amount ? below : -line.amount;
      below -= amount;
      cut.push({ ...line, amount });
      if (line.amount + amount === 0n) left.delete(line.tag);
      else left.set(line.tag, { ...line, amount: line.amount + amount });
    }
  }
  return { lines: [...left.values()], cut };
}

/** SKUs of an order, each once. */
export function skusOf(order: OrderFact): string[] {
  return [...new Set(order.items.filter((item) => unitsOf(item) > 0).map((item) => item.sku))];
}
