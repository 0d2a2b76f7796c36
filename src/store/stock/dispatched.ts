/** What the order flow knows of goods that left: shipments that no fulfilment stands for, and those of them whose orders are only planned. */
import { sql, type RawBuilder } from 'kysely';
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

/**
 * Fulfilments of ours dated on some days that were posted before NetSuite was read, and that have no line at our locations,
 * by external id: NetSuite's internal id, and the order. Not those of goods that the merchant sends.
 */
export async function fulfilmentsWithoutLines(
  db: Database,
  connection: string,
  { days, readAt }: { days: readonly string[]; readAt: Instant },
): Promise<Map<string, { netsuiteId: string; orderId: string }>> {
  if (days.length === 0) return new Map();
  const { rows } = await sql<{ externalId: string; netsuiteId: string; orderId: string }>`
    select d.external_id as "externalId", d.netsuite_id as "netsuiteId", d.order_id as "orderId" from documents d
    where d.connection = ${connection} and d.purpose = 'IF' and d.state = 'posted' and d.netsuite_id is not null
      and d.date = any(${[...days]}) and d.posted_at::timestamptz < ${readAt}::timestamptz
      and not exists (select 1 from netsuite_movements m where m.connection = d.connection and m.netsuite_id = d.netsuite_id)
      and exists (select 1 from orders o where o.connection = d.connection and o.order_id = d.order_id
        and o.fact ->> 'fulfilledBy' is distinct from 'MERCHANT')
    order by d.date, d.external_id limit 1000`.execute(db);
  return new Map(rows.map(({ externalId, ...of }) => [externalId, of]));
}

/** All shipments of some orders. */
export function shipmentsOf(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<PlannedFulfilment[]> {
  return shipmentsWhere(db, sql`s.connection = ${connection} and s.order_id = any(${[...orderIds]})`);
}

/** Shipments of orders that are planned, which no fulfilment stands for: the connection only plans. */
export function plannedFulfilments(db: Database, connection: string): Promise<PlannedFulfilment[]> {
  return shipmentsWhere(
    db,
    sql`s.connection = ${connection} and s.state = 'new' and exists (
      select 1 from documents d where d.connection = s.connection and d.order_id = s.order_id and d.purpose = 'SO')`,
  );
}

async function shipmentsWhere(db: Database, holds: RawBuilder<unknown>): Promise<PlannedFulfilment[]> {
  const { rows } = await sql<{
    fact: ShipmentsTable['fact'];
    marketplace: string | null;
    fulfilled_by: PlannedFulfilment['fulfilledBy'];
  }>`
    select s.fact, o.fact ->> 'marketplaceId' as marketplace, o.fact ->> 'fulfilledBy' as fulfilled_by
      from shipments s join orders o on o.connection = s.connection and o.order_id = s.order_id
    where ${holds} order by s.shipped_at, s.shipment_key`.execute(db);
  return rows.map(({ fact, marketplace: marketplaceId, fulfilled_by: fulfilledBy }) => ({
    shipment: factFromJson<ShipmentFact>(fact),
    marketplaceId,
    fulfilledBy,
  }));
}
