/** Inbound shipments as Amazon last told them. */
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { InboundItem, InboundShipment } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface KeptInboundShipment extends InboundShipment {
  pool: string;
  firstSeen: Instant;
  /** When it last said something else than before. */
  changedAt: Instant;
  /** Days on which it was first seen as sent (`SHIPPED` or later) or Amazon received something of it before stock began, and on which it was first seen as closed; null before. */
  sent: Day | null;
  closed: Day | null;
  /** What its workflow was last told; null before. */
  told: string | null;
}

/** Statuses of a shipment that has not left the seller (model of Fulfillment Inbound v0, `ShipmentStatus`). */
const NOT_SENT = ['WORKING', 'READY_TO_SHIP', 'CANCELLED', 'DELETED', 'ERROR'];

/**
 * Takes in a shipment as it is now. Returns whether that is news.
 * @param days on which it counts as sent and as closed, where it is so for the first time
 */
export async function saveInbound(
  db: Database,
  connection: string,
  pool: string,
  shipment: InboundShipment,
  at: Instant,
  days: { sent: Day; closed: Day },
): Promise<boolean> {
  const { shipmentId, name, status, destination } = shipment;
  const items = factToJson([...shipment.items].sort((a, b) => (a.sku < b.sku ? -1 : 1)));
  const said = { name, status, destination, items, changed_at: at };
  const first = {
    sent: NOT_SENT.includes(status) ? null : days.sent,
    closed: status === 'CLOSED' ? days.closed : null,
  };
  const changed = await db
    .insertInto('inbound_shipments')
    .values({ connection, shipment_id: shipmentId, pool, first_seen: at, ...said, ...first })
    .onConflict((conflict) =>
      conflict
        .columns(['connection', 'shipment_id'])
        .doUpdateSet(({ fn, ref }) => ({
          ...said,
          sent: fn.coalesce(ref('inbound_shipments.sent'), ref('excluded.sent')),
          closed: fn.coalesce(ref('inbound_shipments.closed'), ref('excluded.closed')),
        }))
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
    .select(({ fn, selectFrom, ref }) =>
      fn<string | null>('least', [
        'sent',
        selectFrom('stock_receipts_before as before')
          .select(({ fn: of }) => of.min('before.day').as('day'))
          .where('before.connection', '=', connection)
          .whereRef('before.shipment_id', '=', ref('inbound_shipments.shipment_id')),
      ]).as('left'),
    )
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
    sent: row.left,
    closed: row.closed,
    told: row.told,
  }));
}

export async function markInboundTold(
  db: Database,
  connection: string,
  shipmentId: string,
  told: string,
): Promise<void> {
  await db
    .updateTable('inbound_shipments')
    .set({ told })
    .where('connection', '=', connection)
    .where('shipment_id', '=', shipmentId)
    .execute();
}
