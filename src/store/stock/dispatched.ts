/** What the order flow knows of goods that left: shipments that no fulfilment stands for, and those of them whose orders are only planned. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { PlannedFulfilment } from '../../domain/stock/planned-movements.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import type { ShipmentsTable } from '../orders/tables.ts';

export interface UnfulfilledShipment {
  orderId: string;
  shipmentId: string | null;
  shippedAt: Instant;
  items: ShipmentFact['items'];
}

export async function unfulfilledShipments(db: Database, connection: string): Promise<UnfulfilledShipment[]> {
  const rows = await db
    .selectFrom('shipments')
    .select(['order_id', 'shipment_id', 'shipped_at', 'fact'])
    .where('connection', '=', connection)
    .where('state', '=', 'new')
    .orderBy('shipped_at')
    .limit(1000)
    .execute();
  return rows.map(({ order_id: orderId, shipment_id: shipmentId, shipped_at: shippedAt, fact }) => ({
    orderId,
    shipmentId,
    shippedAt,
    items: factFromJson<ShipmentFact>(fact).items,
  }));
}

/** Shipments of orders that are planned, which no fulfilment stands for: the connection only plans. */
export async function plannedFulfilments(db: Database, connection: string): Promise<PlannedFulfilment[]> {
  const { rows } = await sql<{
    fact: ShipmentsTable['fact'];
    marketplace: string | null;
    fulfilled_by: PlannedFulfilment['fulfilledBy'];
  }>`
    select s.fact, o.fact ->> 'marketplaceId' as marketplace, o.fact ->> 'fulfilledBy' as fulfilled_by
      from shipments s join orders o on o.connection = s.connection and o.order_id = s.order_id
    where s.connection = ${connection} and s.state = 'new' and exists (
      select 1 from documents d where d.connection = s.connection and d.order_id = s.order_id and d.purpose = 'SO')
    order by s.shipped_at, s.shipment_key`.execute(db);
  return rows.map(({ fact, marketplace: marketplaceId, fulfilled_by: fulfilledBy }) => ({
    shipment: factFromJson<ShipmentFact>(fact),
    marketplaceId,
    fulfilledBy,
  }));
}
