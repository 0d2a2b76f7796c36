/** Shipments as Amazon told them, and how far each has come. */
import { shipmentKey } from '../../domain/identifiers/external-id.ts';
import type { ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { ShipmentState } from '../../domain/orders/order-states.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';
import { purgedAmong } from '../retention/purged-orders.ts';
import { sql } from 'kysely';

export interface StoredShipment {
  key: string;
  fact: ShipmentFact;
  state: ShipmentState;
}

/** Takes in shipments, each once; a second delivery of the same one changes nothing, but for one that stopped over its price. Those that left before the cut-over tell nobody. */
export async function saveShipments(
  db: Database,
  connection: string,
  shipments: readonly ShipmentFact[],
  state: 'new' | 'earlier' = 'new',
): Promise<void> {
  for (const some of inBatches(shipments)) {
    const purged = await purgedAmong(
      db,
      connection,
      some.map(({ orderId }) => orderId),
    );
    const kept = some.filter(({ orderId }) => !purged.has(orderId));
    if (kept.length === 0) continue;
    await db
      .insertInto('shipments')
      .values(
        kept.map((shipment) => ({
          connection,
          shipment_key: shipmentKey(shipment.orderId, shipment.shipmentId, shipment.shippedAt),
          order_id: shipment.orderId,
          shipment_id: shipment.shipmentId,
          shipped_at: shipment.shippedAt,
          fact: factToJson(shipment),
          state,
          told: state === 'earlier',
        })),
      )
      // What could not be billed may be told anew (`tax-above-price`).
      .onConflict((conflict) =>
        conflict.columns(['connection', 'shipment_key']).doUpdateSet({ fact: sql`excluded.fact` })
          .where(sql<boolean>`shipments.state in ('new', 'fulfilled') and exists (
          select from exceptions e where e.connection = shipments.connection and e.code = 'tax-above-price' and e.subject_id = shipments.order_id and e.closed_at is null)`),
      )
      .execute();
  }
}

/** A payout settles them, and documents are wanted: their orders are told as of any shipment. */
export async function releaseEarlier(db: Database, connection: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .updateTable('shipments')
    .set({ state: 'new', told: false })
    .where('connection', '=', connection)
    .where('shipment_key', 'in', keys)
    .where('state', '=', 'earlier')
    .execute();
}

export async function loadShipments(db: Database, connection: string, orderId: string): Promise<StoredShipment[]> {
  const rows = await db
    .selectFrom('shipments')
    .select(['shipment_key', 'fact', 'state'])
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .orderBy('shipped_at')
    .orderBy('shipment_key')
    .execute();
  return rows.map((row) => ({ key: row.shipment_key, fact: factFromJson<ShipmentFact>(row.fact), state: row.state }));
}

/** What a shipment is billed by from now on. */
export async function setShipmentFact(
  db: Database,
  connection: string,
  key: string,
  fact: ShipmentFact,
): Promise<void> {
  await db
    .updateTable('shipments')
    .set({ fact: factToJson(fact) })
    .where('connection', '=', connection)
    .where('shipment_key', '=', key)
    .execute();
}

export async function setShipmentState(
  db: Database,
  connection: string,
  key: string,
  state: ShipmentState,
): Promise<void> {
  await db
    .updateTable('shipments')
    .set({ state })
    .where('connection', '=', connection)
    .where('shipment_key', '=', key)
    .execute();
}

/** A shipment is done; gives all of its order as they are then. */
export async function finishShipment(
  db: Database,
  connection: string,
  orderId: string,
  key: string,
): Promise<StoredShipment[]> {
  const { rows } = await sql<{ shipment_key: string; fact: unknown; state: ShipmentState }>`
    with done as (update shipments set state = 'done' where connection = ${connection} and shipment_key = ${key})
    select shipment_key, fact, case when shipment_key = ${key} then 'done' else state end as state
    from shipments where connection = ${connection} and order_id = ${orderId} order by shipped_at, shipment_key`.execute(
    db,
  );
  return rows.map((row) => ({ key: row.shipment_key, fact: factFromJson<ShipmentFact>(row.fact), state: row.state }));
}
