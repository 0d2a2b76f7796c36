/** What the store knows of the sales that a settlement's rows name: whose they are, and when they were shipped. Reads only. */
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';

/** All orders that the rows of a settlement name, or some of them. */
export type NamedOrders = { settlementId: string } | { orderIds: readonly string[] };

function named(connection: string, orders: NamedOrders): RawBuilder<unknown> {
  return 'orderIds' in orders
    ? sql`named as (select unnest(${[...new Set(orders.orderIds)]}::text[]) as order_id)`
    : sql`named as (select distinct order_id from settlement_rows where connection = ${connection} and settlement_id = ${orders.settlementId} and order_id is not null)`;
}

/** Orders whose sale another system owns, by what Amazon said of the order (left alone, or sold through another shop) or of its refund. */
export async function ordersLeftAlone(db: Database, connection: string, orders: NamedOrders): Promise<Set<string>> {
  const { rows } = await sql<{ order_id: string }>`
    with ${named(connection, orders)}
    select order_id from named join orders o using (order_id) where o.connection = ${connection} and (o.state = 'left-alone' or o.channel = 'NON_AMAZON')
    union select order_id from named join refunds r using (order_id) where r.connection = ${connection} and r.state = 'left-alone'`.execute(
    db,
  );
  return new Set(rows.map((row) => row.order_id));
}

/** A shipment that Amazon told of, and whether it left before the cut-over. */
export interface KnownShipment {
  key: string;
  shipmentId: string | null;
  earlier: boolean;
  /** Country that it goes to; null where it is not told. */
  shipTo: string | null;
}

/** Their known shipments, by order. */
export async function shipmentsOfOrders(
  db: Database,
  connection: string,
  orders: NamedOrders,
  cutOver: Instant,
): Promise<Map<string, KnownShipment[]>> {
  const { rows } = await sql<{
    order_id: string;
    shipment_key: string;
    shipment_id: string | null;
    earlier: boolean;
    ship_to: string | null;
  }>`
    with ${named(connection, orders)}
    select order_id, shipment_key, shipment_id, shipped_at < ${cutOver} as earlier, s.fact ->> 'shipTo' as ship_to from named join shipments s using (order_id)
    where s.connection = ${connection} order by shipped_at, shipment_key`.execute(db);
  const byOrder = new Map<string, KnownShipment[]>();
  for (const row of rows)
    byOrder.set(row.order_id, [
      ...(byOrder.get(row.order_id) ?? []),
      { key: row.shipment_key, shipmentId: row.shipment_id, earlier: row.earlier, shipTo: row.ship_to },
    ]);
  return byOrder;
}
