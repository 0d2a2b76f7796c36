/** NetSuite's ids of the lines of posted Sales Orders: asked for once, when their order is dispatched. */
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';

/** A line as it was when asked for: what it is, and the tag in its description. */
export interface OrderLineId {
  orderLine: string;
  item: string;
  memo: string;
}

/** A person may add a line in NetSuite: what was asked for longer ago is asked for again. */
const KEPT = '10 minutes';

/** Sales Orders whose order has a shipment to fulfil and whose lines are not known, by their external id. */
export async function ordersToDispatch(
  db: Database,
  connection: string,
  most: number,
): Promise<{ externalId: string; netsuiteId: string }[]> {
  const { rows } = await sql<{ external_id: string; netsuite_id: string }>`
    select d.external_id, d.netsuite_id from documents d
    where d.connection = ${connection} and d.purpose = 'SO' and d.state = 'posted' and (d.lines_at is null or d.lines_at < now() - ${KEPT}::interval)
      and exists (select 1 from shipments s where s.connection = d.connection and s.order_id = d.order_id and s.state = 'new')
    order by d.external_id limit ${most}`.execute(db);
  return rows.map((row) => ({ externalId: row.external_id, netsuiteId: row.netsuite_id }));
}

/** A posted Sales Order: NetSuite's id, and its lines where they were asked for a short while ago. */
export interface StoredSalesOrder {
  netsuiteId: string;
  lines: OrderLineId[] | null;
}

/** Null while it is not posted. */
export async function loadSalesOrder(db: Database, externalId: string): Promise<StoredSalesOrder | null> {
  const {
    rows: [row],
  } = await sql<{ netsuite_id: string; lines: OrderLineId[] | null }>`
    select so.netsuite_id, ${freshLines('so')} as lines from documents so where so.external_id = ${externalId} and so.state = 'posted'`.execute(
    db,
  );
  return row ? { netsuiteId: row.netsuite_id, lines: row.lines } : null;
}

/** Lines of a row of documents; null where they were never asked for or long ago. */
export function freshLines(documents: string): RawBuilder<OrderLineId[] | null> {
  const of = sql.ref(documents);
  return sql`case when ${of}.lines_at >= now() - ${KEPT}::interval then ${of}.lines end`;
}

export async function keepOrderLines(db: Database, lines: ReadonlyMap<string, readonly OrderLineId[]>): Promise<void> {
  const ids = [...lines.keys()];
  if (ids.length === 0) return;
  await sql`
    update documents d set lines = known.lines, lines_at = now()
    from unnest(${ids}::text[], ${ids.map((id) => JSON.stringify(lines.get(id)))}::jsonb[]) as known(external_id, lines) where d.external_id = known.external_id`.execute(
    db,
  );
}
