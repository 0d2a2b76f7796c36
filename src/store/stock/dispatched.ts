/** What the order flow knows of goods that left: shipments that no fulfilment stands for, and fulfilments that are only planned. */
import { sql } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { DispatchPlan } from '../../domain/orders/dispatch.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';

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

export interface PlannedFulfilment {
  externalId: string;
  day: Day;
  marketplaceId: string | null;
  lines: DispatchPlan['lines'];
}

/** Those that no NetSuite holds: the connection only plans. */
export async function plannedFulfilments(db: Database, connection: string): Promise<PlannedFulfilment[]> {
  const { rows } = await sql<{ external_id: string; date: Day; plan: unknown; marketplace: string | null }>`
    select d.external_id, d.date, d.plan, o.fact ->> 'marketplaceId' as marketplace from documents d
      left join orders o on o.connection = d.connection and o.order_id = d.order_id
    where d.connection = ${connection} and d.purpose = 'IF' and d.state <> 'posted' order by d.date, d.external_id`.execute(
    db,
  );
  return rows.map(({ external_id: externalId, date: day, plan, marketplace: marketplaceId }) => ({
    externalId,
    day,
    marketplaceId,
    lines: factFromJson<DispatchPlan>(plan).lines,
  }));
}
