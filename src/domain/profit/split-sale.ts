/** Splits of invoices and credit memos: the shipment or refund item behind each line, shipping and promotion lines too. */
import { hasPlan, refundPlanOf, type PlannedAs } from '../documents/document-plans.ts';
import type { RefundComponent } from '../orders/order-facts.ts';
import type { OrderLine } from '../orders/sales-order.ts';
import type { Channel } from './channel.ts';
import { shareOfOrder, type OrderedSku } from './share.ts';
import { togetherByLine, type AmountSplit, type ProfitRole } from './split.ts';

export interface SaleFacts {
  channel: Channel;
  marketplace: string | null;
  /** SKUs by order item, as order, shipments and refund name them. */
  skus: ReadonlyMap<string, string>;
  /** Of the whole order, for a line of which nothing names the item. */
  ordered: readonly OrderedSku[];
}

/** The income that the item of a line's component is booked on; tax is none. Points and cash on delivery as `references.ts` takes their items. */
const ROLES: Readonly<Record<RefundComponent, ProfitRole | null>> = {
  principal: 'product-sales',
  shipping: 'shipping-income',
  cod: 'shipping-income',
  'gift-wrap': 'gift-wrap',
  promotion: 'promotions',
  points: 'points',
  other: 'refunds',
  tax: null,
};

export function splitSale(document: PlannedAs<'bill'> | PlannedAs<'credit'>, facts: SaleFacts): AmountSplit[] {
  const { channel, marketplace } = facts;
  // Lines of a refund are a credit, on the invoice too by which Amazon takes one back.
  const isDebit = hasPlan(document, 'credit') || refundPlanOf(document) !== null;
  const lines: readonly OrderLine[] = document.plan.lines;
  const named = new Map(lines.flatMap(({ tag, sku }) => (sku === null ? [] : [[itemOf(tag), sku] as const])));
  return togetherByLine(
    lines.flatMap(({ tag, component, sku, amount, goods, quantity }, index): AmountSplit[] => {
      const role = ROLES[component];
      if (role === null || amount === 0n) return [];
      const debit = isDebit ? amount : -amount;
      const known = sku ?? named.get(itemOf(tag)) ?? facts.skus.get(itemOf(tag)) ?? null;
      const shares = known === null ? shareOfOrder(debit, facts.ordered) : [{ sku: known, amount: debit }];
      const units = goods && known !== null ? (isDebit ? -quantity : quantity) : null;
      return shares.map((share) => ({ line: index + 1, role, channel, marketplace, units, ...share }));
    }),
  );
}

/** The order item in the tag of a line (`lineTag`). */
function itemOf(tag: string): string {
  return tag.slice(0, tag.lastIndexOf(' '));
}
