/** Inbound shipments as Amazon last told them. */
import type { Instant } from '../../domain/money/instant.ts';
import type { InboundItem, InboundShipment } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface KeptInboundShipment extends InboundShipment {
  pool: string;
  firstSeen: Instant;
  /** When it last said something else than before. */
  changedAt: Instant;
}

/** Takes in a shipment as it is now. Returns whether that is news. */
export async function saveInbound(
  db: Database,
  connection: string,
  pool: string,
  shipment: InboundShipment,
  at: Instant,
): Promise<boolean> {
  const { shipmentId, name, status, destination } = shipment;
  const items = factToJson([...shipment.items].sort((a, b) => (a.sku < b.sku ? -1 : 1)));
  const said = { name, status, destination, items, changed_at: at };
  const changed = await db
    .insertInto('inbound_shipments')
    .values({ connection, shipment_id: shipmentId, pool, first_seen: at, ...said })
    .onConflict((conflict) =>
      conflict
        .columns(['connection', 'shipment_id'])
        .doUpdateSet(said)
        .where(({ or, eb, ref }) =>
          or([
            eb('inbound_shipments.status', '!=', status),
            eb('inbound_shipments.name', '!=', name),
            eb('inbound_shipments.destination', '!=', destination),
            eb('inbound_shipments.items', '!=', ref('excluded.items')),
          ]),
        ),
    )
    .returning('shipment_id')
    .execute();
  return changed.length > 0;
}

export async function loadInbound(db: Database, connection: string): Promise<KeptInboundShipment[]> {
  const rows = await db
    .selectFrom('inbound_shipments')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('first_seen')
    .orderBy('shipment_id')
    .execute();
  return rows.map((row) => ({
    shipmentId: row.shipment_id,
    name: row.name,
    status: row.status,
    destination: row.destination,
    items: factFromJson<InboundItem[]>(row.items),
    pool: row.pool,
    firstSeen: row.first_seen,
    changedAt: row.changed_at,
  }));
}
