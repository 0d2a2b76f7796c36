/** Item Fulfilment and Invoice of one shipment, as transforms of the Sales Order, and the credit memo of a sale below zero. */
import type { PurposeOf } from '../documents/document-kinds.ts';
import { memoStart, shipmentKey, type DocumentKey } from '../identifiers/external-id.ts';
import { dayIn, type Day } from '../money/instant.ts';
import { shareOf, sumMinor, type CurrencyCode } from '../money/money.ts';
import type { ItemTax } from '../tax/tax-policy.ts';
import { SALE_COMPONENTS, type OrderFact, type SaleComponent, type ShipmentFact } from './order-facts.ts';
import {
  cutToZero,
  hasLine,
  isMultiChannel,
  lineTag,
  taxesOf,
  taxOfLine,
  taxTogether,
  unitsOf,
  type OrderLine,
} from './sales-order.ts';

export type DispatchPurpose = PurposeOf<'fulfilment' | 'bill' | 'credit'>;

/** Of a fulfilment, an invoice, or the credit memo of a sale below zero. */
export interface DispatchPlan<P extends DispatchPurpose = DispatchPurpose> {
  key: DocumentKey<P>;
  memo: string;
  orderId: string;
  currency: CurrencyCode;
  date: Day;
  /** What this shipment fulfils or bills; lines of the Sales Order that are not named here are left out of it. */
  lines: OrderLine[];
  total: bigint;
}

/** Goods of one shipment; COGS and stock move with it. No amounts: the fulfilment has none. */
export function planFulfilment(connection: string, shipment: ShipmentFact, timeZone: string): DispatchPlan<'IF'> {
  const lines = shipment.items
    .filter((item) => item.quantity > 0)
    .map((item) => lineOf(item, 'principal', item.quantity, 0n));
  return { ...head(connection, 'IF', shipment, timeZone), lines: merged(lines), total: 0n };
}

/** Parts of a price that the shipments report has no column for. */
const UNREPORTED = ['cod', 'points'] as const satisfies readonly SaleComponent[];
const isUnreported = (component: SaleComponent): boolean =>
  (UNREPORTED as readonly SaleComponent[]).includes(component);

export interface InvoicePlan extends DispatchPlan<'INV'> {
  /** What was taken off promotions and points so that the invoice is not below zero, as a credit; empty nearly always. */
  cut: OrderLine[];
  /** Lines whose share the order gave, those of no share too: by one minor unit each Amazon may split them otherwise. */
  shares: number;
  /** Whose tax is in the price of each item; absent where the seller owes tax nowhere. */
  taxes?: ItemTax[];
}

/** Whether the order has amounts of which no shipment of the report tells. */
export function hasUnreported(order: OrderFact): boolean {
  return order.items.some(({ amounts }) => UNREPORTED.some((component) => (amounts?.[component] ?? 0n) !== 0n));
}

/**
 * The shipped share of the price: as the shipments report gives it, and of what it does not carry (points, cash on delivery)
 * the share that the order gives: shipped so far × total ÷ quantity, half up, less the earlier shares.
 * Null for a Multi-Channel order, which is never billed.
 * @param earlier shipments of the order that were billed before
 */
export function planInvoice(
  connection: string,
  order: OrderFact,
  shipment: ShipmentFact,
  earlier: readonly ShipmentFact[],
  timeZone: string,
): InvoicePlan | null {
  if (isMultiChannel(order)) return null;
  const reported = shipment.items.flatMap((item) =>
    SALE_COMPONENTS.flatMap((component): OrderLine[] => {
      const amount = item.amounts[component] ?? 0n;
      if (!shipment.whole && isUnreported(component)) return [];
      if (!hasLine(component, amount, item.amounts)) return [];
      return [lineOf(item, component, item.quantity, amount)];
    }),
  );
  const shares = shipment.whole ? [] : sharesOfOrder(order, shipment, earlier);
  const { lines, cut } = cutToZero(merged([...reported, ...shares.filter(({ amount }) => amount !== 0n)]));
  return {
    ...head(connection, 'INV', shipment, timeZone),
    lines,
    total: sumMinor(lines.map((line) => line.amount)),
    cut,
    shares: shares.length,
    ...taxesOf(shipment.items),
  };
}

/** Points and cash on delivery of what one shipment holds. */
function sharesOfOrder(order: OrderFact, shipment: ShipmentFact, earlier: readonly ShipmentFact[]): OrderLine[] {
  return order.items.flatMap((item) => {
    const units = unitsIn([shipment], item.orderItemId);
    const before = unitsIn(earlier, item.orderItemId);
    if (units === 0 || item.quantity === 0) return [];
    return UNREPORTED.flatMap((component): OrderLine[] => {
      const total = item.amounts?.[component] ?? 0n;
      // That of cash on delivery is taken with its tax, before this (`netShipment`).
      const given = shipment.items
        .filter(({ orderItemId }) => orderItemId === item.orderItemId)
        .flatMap(({ amounts }) => amounts[component] ?? []);
      if (given.length > 0) return [lineOf(item, component, units, sumMinor(given))];
      const share =
        shareOf(total, Math.min(before + units, item.quantity), item.quantity) -
        shareOf(total, Math.min(before, item.quantity), item.quantity);
      return total === 0n ? [] : [lineOf(item, component, units, share)];
    });
  });
}

function lineOf(
  item: { orderItemId: string; sku: string; taxed?: ItemTax },
  component: SaleComponent,
  quantity: number,
  amount: bigint,
): OrderLine {
  const goods = component === 'principal';
  return {
    tag: lineTag(item.orderItemId, component),
    goods,
    sku: goods ? item.sku : null,
    component,
    quantity,
    amount,
    ...taxOfLine(component, item),
  };
}

function unitsIn(shipments: readonly ShipmentFact[], orderItemId: string): number {
  return shipments
    .flatMap((shipment) => shipment.items)
    .filter((line) => line.orderItemId === orderItemId)
    .reduce((units, line) => units + line.quantity, 0);
}

/** What a shipment comes to, below zero as well: its invoice less the memo of what was cut. */
export function soldBy({ total, cut }: Pick<InvoicePlan, 'total' | 'cut'>): bigint {
  return total - sumMinor(cut.map(({ amount }) => amount));
}

/** The credit memo of what an invoice could not carry, dated as it: without goods, so that nothing comes back to stock. Null where nothing was cut. */
export function planBelowZero(
  connection: string,
  shipment: ShipmentFact,
  cut: readonly OrderLine[],
  timeZone: string,
): DispatchPlan<'CM'> | null {
  if (cut.length === 0) return null;
  return {
    ...head(connection, 'CM', shipment, timeZone),
    lines: cut.map((line) => ({ ...line, quantity: 1 })),
    total: sumMinor(cut.map((line) => line.amount)),
  };
}

/** True when everything that was ordered, and not cancelled, has been shipped. */
export function isFullyDispatched(order: OrderFact, shipments: readonly ShipmentFact[]): boolean {
  return order.items.every((item) => unitsIn(shipments, item.orderItemId) >= unitsOf(item));
}

function head<P extends DispatchPurpose>(connection: string, purpose: P, shipment: ShipmentFact, timeZone: string) {
  const key: DocumentKey<P> = {
    connection,
    purpose,
    businessKey: shipmentKey(shipment.orderId, shipment.shipmentId, shipment.shippedAt),
    part: 1,
  };
  return {
    key,
    memo: memoStart(key),
    orderId: shipment.orderId,
    currency: shipment.currency,
    date: dayIn(shipment.shippedAt, timeZone),
  };
}

/** The report may give one order item in several rows (one per package): one line of the order gets their sum. None has no units. */
function merged(lines: readonly OrderLine[]): OrderLine[] {
  const byTag = new Map<string, OrderLine>();
  for (const line of lines) {
    const known = byTag.get(line.tag);
    byTag.set(
      line.tag,
      known
        ? {
            ...known,
            quantity: known.quantity + line.quantity,
            amount: known.amount + line.amount,
            ...taxTogether(known, line),
          }
        : line,
    );
  }
  return [...byTag.values()]
    .filter((line) => line.quantity > 0 || line.amount !== 0n)
    .map((line) => ({ ...line, quantity: line.quantity || 1 }));
}
