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

/** A fulfilment of ours as NetSuite has it now: its lines at our locations, none where it was deleted. */
export interface FulfilmentNow {
  netsuiteId: string;
  orderId: string;
  /** On which it was posted. */
  day: string;
  /** NetSuite's internal ids. */
  salesOrders: string[];
  lines: { item: string; location: string; units: number; day: string }[];
}

/**
 * Fulfilments of ours that were posted before NetSuite was read, by external id: those dated on some days, some by their names,
 * and those of some sales orders; of them what has no line at our locations, stands on another day, or has a line of some items.
 * Not those of goods that the merchant sends.
 */
export async function fulfilmentsNow(
  db: Database,
  connection: string,
  {
    days,
    externalIds,
    salesOrders,
    items,
    readAt,
  }: {
    days: readonly string[];
    externalIds: readonly string[];
    salesOrders: readonly string[];
    items: readonly string[];
    readAt: Instant;
  },
): Promise<Map<string, FulfilmentNow>> {
  if (days.length + externalIds.length + salesOrders.length === 0) return new Map();
  const { rows } = await sql<FulfilmentNow & { externalId: string }>`
    select d.external_id as "externalId", d.netsuite_id as "netsuiteId", d.order_id as "orderId", d.date::text as day,
      array(select o.netsuite_id from documents o where o.connection = d.connection and o.order_id = d.order_id
        and o.purpose = 'SO' and o.netsuite_id is not null) as "salesOrders",
      coalesce(json_agg(json_build_object('item', m.item, 'location', m.location, 'units', m.units::int, 'day', m.day))
        filter (where m.line is not null), '[]') as lines
    from documents d left join netsuite_movements m on m.connection = d.connection and m.netsuite_id = d.netsuite_id
    where d.connection = ${connection} and d.purpose = 'IF' and d.state = 'posted' and d.netsuite_id is not null
      and d.posted_at::timestamptz < ${readAt}::timestamptz
      and (d.date = any(${[...days]}) or d.external_id = any(${[...externalIds]})
        or d.order_id in (select o.order_id from documents o where o.connection = ${connection} and o.purpose = 'SO'
          and o.netsuite_id = any(${[...salesOrders]})))
      and exists (select 1 from orders o where o.connection = d.connection and o.order_id = d.order_id
        and o.fact ->> 'fulfilledBy' is distinct from 'MERCHANT')
    group by d.external_id, d.connection, d.netsuite_id, d.order_id, d.date
    having count(m.line) = 0 or bool_or(m.day <> d.date::text) or bool_or(m.item = any(${[...items]}))
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
