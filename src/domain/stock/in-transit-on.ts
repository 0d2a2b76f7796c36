/**
 * What was in transit at the end of a day, by all that is known now: of shipments that were on their way by then, what was
 * shipped less what rows up to the day received and decisions up to it gave up. NetSuite's side is its location, and under
 * `theirs` what transfer orders had fulfilled and not received.
 */
import { addDays, type Day } from '../money/instant.ts';
import { grouped } from './grouped.ts';
import { InboundBook } from './inbound-book.ts';
import type { Answer, KeptRow, KeptStock, StockDocument } from './kept-stock.ts';
import { isInBase } from './open-rows.ts';
import type { OrderedSide } from './orders-astride.ts';
import type { SkuItems } from './sku-items.ts';
import type { StockDecision } from './stock-decisions.ts';
import type { InboundFact, InboundStanding, StockFacts, StockPolicy, Units } from './stock-plan.ts';

interface Received extends Pick<KeptStock, 'inboundDecided' | 'opening'> {
  shipments: readonly InboundFact[];
  /** Receipts up to the day. */
  rows: readonly KeptRow[];
  answers: readonly Answer[];
  /** Of these shipments. */
  documents: readonly StockDocument[];
  decisions: readonly StockDecision[];
}

export function standingsOn(
  day: Day,
  { shipments, decisions, ...kept }: Received,
  { inbound, from }: Pick<StockPolicy, 'inbound' | 'from'>,
): InboundStanding[] {
  const received = new Set(kept.rows.map(({ reference }) => reference));
  const begun = shipments.filter(({ shipmentId, sent }) => received.has(shipmentId) || (sent !== null && sent <= day));
  const decided = new Set(decisions.filter((one) => one.day <= day).map(({ id }) => id));
  const inboundDecided = kept.inboundDecided.filter(({ decision }) => decided.has(decision));
  const book = new InboundBook({ inbound: begun, transit: [] }, { ...kept, inboundDecided }, inbound);
  // What came and waits is at Amazon, and on its way no more; what the opening has is counted there.
  const answered = new Set(kept.answers.map(({ row }) => row));
  for (const row of kept.rows)
    if (!answered.has(row.id) && !isInBase(row, from, kept.opening) && book.shipment(row.reference) !== undefined)
      book.arrive(row.reference, row.sku, row.quantity);
  return book.standings();
}

/** Of shipments, on the day on which they count. */
interface OrderedDocuments {
  /** That NetSuite has. */
  posted: readonly StockDocument[];
  /** That count as NetSuite's and that it does not have: in `posting: plan` alone. */
  planned?: readonly StockDocument[];
}

/**
 * Of each order its open units now, less what left after the day, and what our receipts took of it since. Somebody else's
 * receipt after the day is not known: it counts as received before, and what left after the day is never taken out twice.
 */
export function openOfOrdersOn(
  day: Day,
  orders: StockFacts['transferOrders'],
  { posted, planned = [] }: OrderedDocuments,
  poolOf: (shipmentId: string) => string | undefined,
): (Units & { shipmentId: string })[] {
  return orders.flatMap(({ netsuiteId, shipmentId, open, fulfilments }) => {
    const pool = poolOf(shipmentId);
    if (pool === undefined) return [];
    const receivedBy = (documents: readonly StockDocument[]) =>
      documents.filter((one) => 'of' in one && one.of.netsuiteId === netsuiteId).flatMap(({ lines }) => lines);
    const since = receivedBy(posted.filter((one) => one.day > day));
    const plannedBefore = receivedBy(planned.filter((one) => one.day <= day));
    const leftSince = fulfilments.filter((one) => one.day > day);
    return [...new Set([...open, ...since].map(({ item }) => item))].map((item) => {
      const of = (lines: readonly { item: string; units: number }[]) =>
        lines.reduce((sum, line) => sum + (line.item === item ? line.units : 0), 0);
      const units = Math.max(0, of(open) - of(leftSince) + of(since)) - of(plannedBefore);
      return { pool, item, place: 'inTransit' as const, units, shipmentId };
    });
  });
}

/** Both sides of what orders brought on its way, by shipment and item: of a shipment that no order names too. */
export function orderedSides(
  day: Day,
  {
    inbound,
    ordered,
    orderedBefore,
    items,
    opening,
    policy: { from },
  }: {
    inbound: readonly InboundStanding[];
    /** Of the day, and of the one before stock began. */
    ordered: ReturnType<typeof openOfOrdersOn>;
    orderedBefore: ReturnType<typeof openOfOrdersOn>;
    items: SkuItems;
    opening: KeptStock['opening'];
    policy: Pick<StockPolicy, 'from'>;
  },
): OrderedSide[] {
  const sides = new Map<string, OrderedSide>();
  const at = ({ pool, shipmentId, item }: Pick<OrderedSide, 'pool' | 'shipmentId' | 'item'>): OrderedSide => {
    const key = `${shipmentId} ${item}`;
    const side = sides.get(key) ?? { pool, shipmentId, item, shipped: 0, amazon: 0, orders: 0, opened: 0 };
    sides.set(key, side);
    return side;
  };
  for (const { pool, shipmentId, sku, shipped, inTransit } of inbound)
    for (const { item, perSku } of items.atEnd(sku, day) ?? []) {
      const side = at({ pool, shipmentId, item });
      side.shipped += shipped * perSku;
      side.amazon += inTransit * perSku;
    }
  for (const one of ordered) at(one).orders += one.units;
  for (const { pool, shipmentId, sku, open } of opening?.inbound ?? [])
    for (const { item, perSku } of items.atEnd(sku, addDays(from, -1)) ?? [])
      at({ pool, shipmentId, item }).opened += open * perSku;
  const before = grouped(orderedBefore, ({ shipmentId, item }) => `${shipmentId} ${item}`);
  return [...sides].map(([key, { opened, ...side }]) => {
    const had = (before.get(key) ?? []).reduce((sum, { units }) => sum + units, 0);
    return { ...side, opened: Math.max(0, opened - had) };
  });
}
