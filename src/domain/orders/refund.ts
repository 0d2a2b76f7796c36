/**
 * Return Authorisation and Credit Memo of one refund.
 *
 * A return authorisation only for whole refunded units: those whose principal is just what k of the line's units were
 * billed. Everything else (price-only, shipping-only, goodwill, refunds of orders from before the cut-over) is a
 * credit memo of its own on non-inventory items: stand-alone, an inventory item would bring stock back without its cost.
 */
import { memoStart, refundKey, type DocumentKey } from '../identifiers/external-id.ts';
import { dayIn, type Day } from '../money/instant.ts';
import { allocate, sumMinor, type CurrencyCode } from '../money/money.ts';
import type { RefundComponent, RefundFact, RefundItemFact, ShipmentFact } from './order-facts.ts';
import { lineTag, type OrderLine } from './sales-order.ts';

export interface RefundPlan {
  orderId: string;
  currency: CurrencyCode;
  date: Day;
  creditMemo: { key: DocumentKey; memo: string };
  /** Null for a stand-alone credit memo. */
  returnAuthorisation: { key: DocumentKey; memo: string } | null;
  /** Amounts as a credit: goods positive, a promotion that Amazon takes back negative. */
  lines: OrderLine[];
  total: bigint;
}

/** What was billed of the order, and which units earlier refunds took back; null when the sale is not in our books. */
export interface BilledSale {
  shipments: readonly ShipmentFact[];
  refundedUnits: ReadonlyMap<string, number>;
}

const OWN_ITEM: readonly RefundComponent[] = ['shipping', 'gift-wrap', 'promotion', 'points', 'other'];

export function planRefund(connection: string, refund: RefundFact, sale: BilledSale | null, timeZone: string): RefundPlan {
  const businessKey = refundKey(refund.orderId, refund.postedAt);
  const key = (purpose: 'RA' | 'CM') => {
    const document: DocumentKey = { connection, purpose, businessKey, part: 1 };
    return { key: document, memo: memoStart(document) };
  };
  const lines = refund.items.flatMap((item, index) => refundLines(item, index, sale));
  return {
    orderId: refund.orderId, currency: refund.currency, date: dayIn(refund.postedAt, timeZone), creditMemo: key('CM'),
    returnAuthorisation: lines.some((line) => line.goods) ? key('RA') : null,
    lines, total: sumMinor(lines.map((line) => line.amount)),
  };
}

function refundLines(item: RefundItemFact, index: number, sale: BilledSale | null): OrderLine[] {
  const id = item.orderItemId ?? `refund-${index + 1}`;
  const lines: OrderLine[] = [];
  const principal = -(item.amounts.principal ?? 0n);
  if (principal !== 0n) {
    const units = sale ? wholeUnits(principal, item, sale) : null;
    lines.push(units
      ? { tag: lineTag(units.orderItemId, 'principal'), goods: true, sku: units.sku, component: 'principal', quantity: units.quantity, amount: principal }
      : { tag: lineTag(id, 'other'), goods: false, sku: null, component: 'other', quantity: 1, amount: principal });
  }
  for (const component of OWN_ITEM) {
    const amount = -(item.amounts[component] ?? 0n);
    if (amount !== 0n) lines.push({ tag: lineTag(id, component), goods: false, sku: null, component, quantity: 1, amount });
  }
  return lines;
}

/** The whole units that an amount stands for, on the line of the sale that they came from; null when it is no whole number of them. */
function wholeUnits(principal: bigint, item: RefundItemFact, sale: BilledSale): { orderItemId: string; sku: string; quantity: number } | null {
  const candidates = new Map<string, { sku: string; billed: bigint[] }>();
  for (const line of sale.shipments.flatMap((shipment) => shipment.items)) {
    if (item.orderItemId !== null ? line.orderItemId !== item.orderItemId : line.sku !== item.sku) continue;
    const known = candidates.get(line.orderItemId) ?? { sku: line.sku, billed: [] };
    // Line total ÷ quantity keeps its remainder: the units of a line differ by at most one minor unit.
    known.billed.push(...allocate(line.amounts.principal ?? 0n, Array<bigint>(line.quantity).fill(1n)));
    candidates.set(line.orderItemId, known);
  }
  for (const [orderItemId, { sku, billed }] of candidates) {
    const left = billed.length - (sale.refundedUnits.get(orderItemId) ?? 0);
    const sorted = [...billed].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    for (let units = 1; units <= left; units += 1) {
      const least = sumMinor(sorted.slice(0, units));
      const most = sumMinor(sorted.slice(sorted.length - units));
      if (least > 0n && principal >= least && principal <= most) return { orderItemId, sku, quantity: units };
    }
  }
  return null;
}
