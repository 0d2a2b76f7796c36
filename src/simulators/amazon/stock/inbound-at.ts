import { stands } from './movement.ts';
import type { StockBook } from './stock-book.ts';
import type { InboundStatus, WorldInbound } from './world-stock.ts';

/** An inbound shipment as it stands at an instant. */
export interface InboundMoment {
  shipment: WorldInbound;
  status: InboundStatus;
  updatedAt: string;
  items: InboundItem[];
}

export interface InboundItem {
  sku: string;
  fnsku: string;
  shipped: number;
  received: number;
  updatedAt: string;
}

/**
 * The shipments that are there at an instant, in the order of their ids. What was received is the sum of the receipts that name
 * the shipment, those after it was closed and those taken back as well; a SKU that was received and never announced is
 * an item with nothing shipped.
 */
export function inboundAt(book: StockBook, now: string): InboundMoment[] {
  return book.facts.inbound
    .flatMap((shipment) => {
      const created = shipment.history[0]?.at;
      return created !== undefined && created <= now ? [momentOf(book, { shipment, created, now })] : [];
    })
    .sort((a, b) => (a.shipment.shipment < b.shipment.shipment ? -1 : 1));
}

function momentOf(
  book: StockBook,
  { shipment, created, now }: { shipment: WorldInbound; created: string; now: string },
): InboundMoment {
  const items = new Map<string, InboundItem>();
  const item = (sku: string): InboundItem => {
    const known = items.get(sku);
    if (known) return known;
    const { fnsku } = book.lines.placeOf({ sku });
    const fresh = { sku, fnsku, shipped: 0, received: 0, updatedAt: created };
    items.set(sku, fresh);
    return fresh;
  };
  for (const [sku, units] of Object.entries(shipment.items)) item(sku).shipped = units;
  for (const { event } of book.happened('inbound-units', now)) {
    if (event.shipment !== shipment.shipment) continue;
    Object.assign(item(event.sku), { shipped: event.units, updatedAt: event.at });
  }
  for (const movement of book.movements) {
    if (movement.eventType !== 'Receipts' || movement.reference !== shipment.shipment || movement.at > now) continue;
    const received = item(movement.sku);
    if (stands(movement, now)) received.received += movement.units;
    const changedAt = stands(movement, now) ? movement.at : (movement.withdrawnAt ?? movement.at);
    if (changedAt > received.updatedAt) received.updatedAt = changedAt;
  }
  const changes = [
    ...shipment.history.filter(({ at }) => at <= now),
    ...book
      .happened('inbound-status', now)
      .map(({ event }) => event)
      .filter((event) => event.shipment === shipment.shipment),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const last = changes.at(-1);
  return {
    shipment,
    status: last?.status ?? 'WORKING',
    updatedAt: [last?.at ?? created, ...[...items.values()].map(({ updatedAt }) => updatedAt)].sort().at(-1) ?? created,
    items: [...items.values()],
  };
}
