/** What a person decides about an inbound shipment: units that did not come, or came beyond what was shipped. */
import {
  adjustmentHead,
  bookingOf,
  compactDay,
  keyText,
  placeOfPart,
  transferHead,
  type Booking,
  type BookingHead,
} from './booking.ts';
import { beyondShipped, spareOfOrders, unitsUnderWay } from './beyond-shipped.ts';
import { grouped } from './grouped.ts';
import type { InboundBook } from './inbound-book.ts';
import type { InboundDecided, PlaceAt } from './kept-stock.ts';
import { take, type OpenPart, type Wait } from './open-rows.ts';
import { receivedOfOrders } from './order-receipts.ts';
import type { Planning } from './planning.ts';
import { decisionsOf, type DecideInbound } from './stock-decisions.ts';
import type { InboundFact, ItemUnits } from './stock-plan.ts';
import { ordersOfShipment, receivableOrders, takeFromOrders } from './transfer-orders.ts';

/** @param waits receipts that wait: beyond what was shipped, for a shipment that nobody knows, or for its transfer order */
export function carryOutInbound(
  waits: readonly Wait[],
  book: InboundBook,
  planning: Planning,
): { bookings: Booking[]; decided: InboundDecided[] } {
  const waiting = waits.filter(({ reason }) => reason !== 'transfer-order').map(({ part }) => part);
  const done = new Set(planning.kept.inboundDecided.map(({ decision }) => decision));
  const bookings: Booking[] = [];
  const decided: InboundDecided[] = [];
  for (const decision of decisionsOf(planning.decisions, 'decideInbound')) {
    if (done.has(decision.id)) continue;
    const { id, shipmentId, sku, choice } = decision;
    const shipment = book.shipment(shipmentId);
    const open = book.open(shipmentId, sku);
    const came = waits.map(({ part }) => part);
    const beyond = (shipment ? beyondShipped(shipment, came, book, planning) : []).filter((one) => one.sku === sku);
    const rows = waiting.filter(({ row, open: left }) => row.reference === shipmentId && row.sku === sku && left !== 0);
    let units = open;
    if (choice === 'take-from-source' || choice === 'found') {
      units = rows[0] === undefined ? 0 : skuUnitsOf(rows);
      bookings.push(...takenIn(rows, decision, { shipment, book }, planning));
    } else if (choice === 'wait') units = unitsUnderWay({ inTransit: open, beyond });
    else if (open > 0 || beyond.length > 0) {
      bookings.push(...givenUp(shipment!, decision, { open, beyond, book }, planning));
      book.decide(shipmentId, sku, open);
    }
    decided.push({ decision: id, shipmentId, sku, choice, units });
  }
  return { bookings, decided };
}

function skuUnitsOf(parts: readonly OpenPart[]): number {
  const { item } = parts[0]!;
  return parts.filter((part) => part.item === item).reduce((sum, { open, perSku }) => sum + open / perSku, 0);
}

/**
 * Units that Amazon has, out of the seller's warehouse or out of nothing. What left the warehouse with a transfer order of the
 * shipment is received of that, and does not leave once more.
 */
function takenIn(
  rows: readonly OpenPart[],
  decision: DecideInbound,
  { shipment, book }: { shipment: InboundFact | undefined; book: InboundBook },
  planning: Planning,
): Booking[] {
  const { policy, facts } = planning;
  const day = dayOf(decision, policy.from);
  const { shipmentId, choice } = decision;
  const options = { shipmentId, isDecided: true };
  const { orders } = receivableOrders(facts.transferOrders, shipment ?? { shipmentId, status: '', closed: null });
  const spare = new Map(
    (shipment && choice === 'take-from-source' ? spareOfOrders(shipment, book, planning) : []).map((one) => [
      one.item,
      one.units,
    ]),
  );
  // As many units of the SKU as the orders have of each of its items.
  const sent = Math.floor(Math.min(...rows.map(({ item, perSku }) => (spare.get(item) ?? 0) / perSku)));
  const left = new Map(rows.map(({ item, perSku }) => [item, sent * perSku]));
  return [...grouped(rows, ({ item, pool, place, open }) => [item, pool, place, open > 0].join(' ')).values()].flatMap(
    (parts) => {
      const place = placeOfPart(parts[0]!);
      const source: PlaceAt = { pool: place.pool, place: 'source' };
      const shares = parts.map((part) => take(part, part.open));
      const units = shares.reduce((sum, share) => sum + share.units, 0);
      if (choice === 'found')
        return bookingOf(
          adjustmentHead(place.pool, day, 'inventory-loss', {
            ...options,
            name: `${keyText(decision.shipmentId)}-found`,
          }),
          shares,
          units,
          place,
        );
      const { item } = parts[0]!;
      const ofOrders = units > 0 ? Math.min(units, left.get(item)!) : 0;
      left.set(item, left.get(item)! - ofOrders);
      const received = receivedOfOrders(shares, orders, { ...options, day, units: ofOrders });
      const [from, to] = units > 0 ? [source, place] : [place, source];
      const moved = Math.abs(received.left);
      return [
        ...received.receipts,
        ...(moved === 0 ? [] : [bookingOf(transferHead(day, from, to, options), received.rest, moved, to)]),
      ];
    },
  );
}

/**
 * Units that will not come, off in transit: lost, or back in the warehouse. Under `theirs` the transfer orders hold them at
 * no location: they are received at `sellable` and leave it the same day, with what they have beyond what was shipped. What
 * they do not have, nor in transit itself, never left the warehouse by the books: lost it leaves it now, returned it stays there.
 */
function givenUp(
  shipment: InboundFact,
  decision: DecideInbound,
  { open, beyond, book }: { open: number; beyond: readonly ItemUnits[]; book: InboundBook },
  planning: Planning,
): Booking[] {
  const { facts, policy, items, today } = planning;
  const { pool, shipmentId } = shipment;
  const day = dayOf(decision, policy.from);
  const options = { shipmentId, isDecided: true };
  const orders = policy.inbound === 'theirs' ? ordersOfShipment(facts.transferOrders, shipmentId) : [];
  const leave = (item: string, units: number, at: PlaceAt, against: Booking['against']): Booking => {
    const isLost = decision.choice === 'lost';
    const source: PlaceAt = { pool, place: 'source' };
    return rowless(
      isLost
        ? adjustmentHead(pool, day, 'inventory-loss', { ...options, name: `${keyText(shipmentId)}-lost` })
        : transferHead(day, at, source, options),
      { item, units: isLost ? -units : units, place: isLost ? at : source, against },
    );
  };
  const due = new Map(beyond.map(({ item, units }) => [item, units]));
  for (const { item, perSku } of items.atEnd(decision.sku, today) ?? [])
    if (!policy.leave.includes(item)) due.set(item, (due.get(item) ?? 0) + open * perSku);
  return [...due].flatMap(([item, units]) => {
    const sellable: PlaceAt = { pool, place: 'sellable' };
    const ofOrders = takeFromOrders(orders, item, units);
    const left = units - ofOrders.reduce((sum, one) => sum + one.units, 0);
    const held = book.transit.take({ pool, item }, left);
    const transit: PlaceAt = { pool, place: 'inTransit' };
    const unsent = decision.choice === 'lost' ? left - held : 0;
    const sent = rowless(transferHead(day, { pool, place: 'source' }, transit, options), {
      item,
      units: unsent,
      place: transit,
      against: [],
    });
    return [
      ...ofOrders.flatMap(({ units: some, of }) => {
        const businessKey = `${keyText(shipmentId)}-${compactDay(day)}`;
        const receipt = rowless(
          { purpose: 'IR', pool, day, businessKey, shipmentId, isDecided: true, of },
          { item, units: some, place: sellable, against: [] },
        );
        return [receipt, leave(item, some, sellable, [{ place: sellable, units: -some, other: receipt }])];
      }),
      ...(unsent > 0 ? [sent] : []),
      ...(held + unsent > 0 ? [leave(item, held + unsent, transit, [])] : []),
    ];
  });
}

/** A booking that answers no row. */
export function rowless(
  head: BookingHead,
  { item, units, place, against }: Pick<Booking, 'item' | 'units' | 'place' | 'against'>,
): Booking {
  const none = { eventType: '', reason: '', unitCost: null, tie: null, shares: [], source: null };
  return { head, item, units, place, against, ...none };
}

const dayOf = ({ day }: DecideInbound, from: string): string => (day < from ? from : day);
