/**
 * What transfer orders of a shipment have under way and Amazon does not have on its way (`inbound: theirs`): more left the
 * warehouse than the shipment says, or it was cancelled after it left. While the shipment goes on Amazon may still say more;
 * once it is over somebody must say what became of it (`inbound-short`, `decideInbound`).
 */
import { lineEffects } from './document-effects.ts';
import { grouped } from './grouped.ts';
import type { StockDocument } from './kept-stock.ts';
import { isEnded } from './inbound-statuses.ts';
import type { InboundBook } from './inbound-book.ts';
import type { OpenPart } from './open-rows.ts';
import type { Planning } from './planning.ts';
import type { BeyondShipped, InboundFact, InboundStanding } from './stock-plan.ts';
import { openOfOrders, ordersOfShipment } from './transfer-orders.ts';
import type { TransferOrder } from './transfer-order.ts';

/** @param came receipts that wait: what they bring is among what the orders have under way */
export function beyondShipped(
  shipment: InboundFact,
  came: readonly OpenPart[],
  book: InboundBook,
  planning: Planning,
): BeyondShipped[] {
  if (shipment.closed === null && !isEnded(shipment.status)) return [];
  const waiting = came.filter(({ row }) => row.reference === shipment.shipmentId);
  return spareOfOrders(shipment, book, planning).flatMap(({ sku, item, units }) => {
    const beyond = units - waiting.reduce((sum, part) => sum + (part.item === item ? part.open : 0), 0);
    return beyond > 0 ? [{ sku, item, units: beyond }] : [];
  });
}

/**
 * Units by item that the orders have under way beyond what Amazon has on its way, of a shipment that goes on too. While an
 * item of one of its SKUs is not known nothing is said: it may be that one.
 */
export function spareOfOrders(
  { shipmentId, pool }: InboundFact,
  book: InboundBook,
  { facts, policy, items, today, kept }: Planning,
): BeyondShipped[] {
  if (policy.inbound !== 'theirs') return [];
  const orders = ordersOfShipment(facts.transferOrders, shipmentId);
  const putBack = takenBack(shipmentId, kept.documents);
  const names = [...new Set([...itemsUnderWay(orders), ...putBack.keys()])].filter(
    (item) => !policy.leave.includes(item) && !facts.uncountable.has(item),
  );
  if (names.length === 0) return [];
  const skus = book.skusOf(shipmentId).map((sku) => ({ sku, perSkus: items.atEnd(sku, today) }));
  if (skus.some(({ perSkus }) => perSkus === null)) return [];
  const perSku = grouped(
    skus.flatMap(({ sku, perSkus }) => perSkus!.map((one) => ({ sku, ...one }))),
    ({ item }) => item,
  );
  return names.flatMap((item) => {
    const own = perSku.get(item) ?? [];
    const onItsWay = own.reduce((sum, one) => sum + book.open(shipmentId, one.sku) * one.perSku, 0);
    const located = Math.max(0, Math.min(putBack.get(item) ?? 0, book.transit.has({ pool, item })));
    const units = openOfOrders(orders, item) + located - onItsWay;
    return units > 0 ? [{ sku: nameOf(own) ?? item, item, units }] : [];
  });
}

/** As many of each SKU as left the warehouse with its orders; what is shared with other SKUs left for what those shipped. */
export function leftWithOrders(
  { shipmentId }: InboundFact,
  book: InboundBook,
  { facts, policy, items, today }: Planning,
): { sku: string; left: number }[] {
  if (policy.inbound !== 'theirs') return [];
  const gone = facts.transferOrders
    .filter((order) => order.shipmentId === shipmentId)
    .flatMap((one) => one.fulfilments);
  if (gone.length === 0) return [];
  const ofItem = (item: string) => gone.reduce((sum, one) => sum + (one.item === item ? one.units : 0), 0);
  const skus = book.skusOf(shipmentId).map((sku) => ({ sku, perSkus: items.atEnd(sku, today) ?? [] }));
  const shippedBy = (item: string, except: string) =>
    skus.reduce((sum, { sku, perSkus }) => {
      const perSku = sku === except ? 0 : (perSkus.find((one) => one.item === item)?.perSku ?? 0);
      return sum + perSku * book.shipped(shipmentId, sku);
    }, 0);
  return skus.flatMap(({ sku, perSkus }) => {
    if (perSkus.length === 0) return [];
    const lefts = perSkus.map(({ item, perSku }) => (ofItem(item) - shippedBy(item, sku)) / perSku);
    return [{ sku, left: Math.max(0, Math.floor(Math.min(...lefts))) }];
  });
}

/** What documents of the shipment have at in transit itself: receipts that Amazon took back lie there, and in no order. */
function takenBack(shipmentId: string, documents: readonly StockDocument[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const effect of documents.filter((one) => one.shipmentId === shipmentId).flatMap(lineEffects))
    if (effect.place === 'inTransit') units.set(effect.item, (units.get(effect.item) ?? 0) + effect.units);
  return units;
}

const itemsUnderWay = (orders: readonly TransferOrder[]): string[] => [
  ...new Set(orders.flatMap(({ open }) => open.filter(({ units }) => units > 0).map(({ item }) => item))),
];

/** The SKU with the fewest units in one, of these the first by name. */
function nameOf(skus: readonly { sku: string; perSku: number }[]): string | undefined {
  return [...skus].sort((a, b) => a.perSku - b.perSku || (a.sku < b.sku ? -1 : 1))[0]?.sku;
}

/** What a decision to give up or to wait is about: units of the SKU on their way, and of items beyond them. */
export function unitsUnderWay({ inTransit, beyond = [] }: Pick<InboundStanding, 'inTransit' | 'beyond'>): number {
  return beyond.reduce((sum, { units }) => sum + units, inTransit);
}
