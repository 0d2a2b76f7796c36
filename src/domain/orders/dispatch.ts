/** Item Fulfilment and Invoice of one shipment, as transforms of the Sales Order. */
import { memoStart, shipmentKey, type DocumentKey } from '../identifiers/external-id.ts';
import { dayIn, type Day } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';
import { SALE_COMPONENTS, type OrderFact, type ShipmentFact } from './order-facts.ts';
import { isMultiChannel, lineTag, type OrderLine } from './sales-order.ts';

export interface DispatchPlan {
  key: DocumentKey;
  memo: string;
  orderId: string;
  currency: CurrencyCode;
  date: Day;
  /** What this shipment fulfils or bills; lines of the Sales Order that are not named here are left out of it. */
  lines: OrderLine[];
  total: bigint;
}

/** Goods of one shipment; COGS and stock move with it. No amounts: the fulfilment has none. */
export function planFulfilment(connection: string, shipment: ShipmentFact, timeZone: string): DispatchPlan {
  const lines = shipment.items.map((item): OrderLine => ({
    tag: lineTag(item.orderItemId, 'principal'), goods: true, sku: item.sku, component: 'principal', quantity: item.quantity, amount: 0n,
  }));
  return { ...head(connection, 'IF', shipment, timeZone), lines: merged(lines), total: 0n };
}

/** The shipped share of the price, as the shipment report gives it; null for a Multi-Channel order, which is never billed. */
export function planInvoice(connection: string, order: OrderFact, shipment: ShipmentFact, timeZone: string): DispatchPlan | null {
  if (isMultiChannel(order)) return null;
  const lines = merged(shipment.items.flatMap((item) =>
    SALE_COMPONENTS.flatMap((component): OrderLine[] => {
      const amount = item.amounts[component] ?? 0n;
      if (component !== 'principal' && amount === 0n) return [];
      return [{ tag: lineTag(item.orderItemId, component), goods: component === 'principal', sku: component === 'principal' ? item.sku : null, component, quantity: item.quantity, amount }];
    }),
  ));
  return { ...head(connection, 'INV', shipment, timeZone), lines, total: sumMinor(lines.map((line) => line.amount)) };
}

/** True when everything that was ordered has been shipped. */
export function isFullyDispatched(order: OrderFact, shipments: readonly ShipmentFact[]): boolean {
  return order.items.every((item) => {
    const shipped = shipments.flatMap((shipment) => shipment.items).filter((line) => line.orderItemId === item.orderItemId);
    return shipped.reduce((units, line) => units + line.quantity, 0) >= item.quantity;
  });
}

function head(connection: string, purpose: 'IF' | 'INV', shipment: ShipmentFact, timeZone: string) {
  const key: DocumentKey = { connection, purpose, businessKey: shipmentKey(shipment.orderId, shipment.shipmentId, shipment.shippedAt), part: 1 };
  return { key, memo: memoStart(key), orderId: shipment.orderId, currency: shipment.currency, date: dayIn(shipment.shippedAt, timeZone) };
}

/** The report may give one order item in several rows (one per package): one line of the order gets their sum. */
function merged(lines: readonly OrderLine[]): OrderLine[] {
  const byTag = new Map<string, OrderLine>();
  for (const line of lines) {
    const known = byTag.get(line.tag);
    byTag.set(line.tag, known ? { ...known, quantity: known.quantity + line.quantity, amount: known.amount + line.amount } : line);
  }
  return [...byTag.values()];
}
