import { loadInbound } from '../../store/stock/inbound.ts';
import type { ViewSource } from '../view-source.ts';

/** A shipment on its way to Amazon. Units are Amazon's. */
export interface InboundView {
  connection: string;
  shipment: string;
  name: string;
  status: string;
  pool: string;
  destination: string;
  shipped: number;
  received: number;
  items: { sku: string; fnsku: string; shipped: number; received: number }[];
  /** When it last said something else than before. */
  changedAt: string;
}

/** Inbound shipments, the newest first; one of them where `shipment` names it. */
export async function inboundView(
  { store }: ViewSource,
  connections: readonly string[],
  shipment: string | null,
): Promise<InboundView[]> {
  const views: InboundView[] = [];
  for (const connection of connections)
    for (const kept of await loadInbound(store.db, connection))
      if (shipment === null || kept.shipmentId === shipment)
        views.push({
          connection,
          shipment: kept.shipmentId,
          name: kept.name,
          status: kept.status,
          pool: kept.pool,
          destination: kept.destination,
          shipped: total(kept.items, 'shipped'),
          received: total(kept.items, 'received'),
          items: [...kept.items],
          changedAt: kept.changedAt,
        });
  return views.reverse();
}

const total = (items: readonly { shipped: number; received: number }[], what: 'shipped' | 'received') =>
  items.reduce((units, item) => units + item[what], 0);
