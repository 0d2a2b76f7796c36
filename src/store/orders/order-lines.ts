/** NetSuite's ids of the lines of posted Sales Orders: asked for once, when their order is dispatched. */
import { sql, type RawBuilder } from 'kysely';
import type { ItemUnits } from '../../domain/orders/item-units.ts';
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

/** A posted Sales Order: NetSuite's id, its lines where they were asked for a short while ago, and the units that it was made of. */
export interface StoredSalesOrder {
  netsuiteId: string;
  lines: OrderLineId[] | null;
  units: ItemUnits;
}

/** The columns of a row of documents that make a {@link StoredSalesOrder}; `netsuite_id` is null where there is none. */
export interface SalesOrderRow {
  netsuite_id: string | null;
  lines: OrderLineId[] | null;
  units: Record<string, number> | null;
}

/** Null while it is not posted. */
export async function loadSalesOrder(db: Database, externalId: string): Promise<StoredSalesOrder | null> {
  const {
    rows: [row],
  } = await sql<SalesOrderRow>`
    select ${salesOrderColumns('so')} from documents so where so.external_id = ${externalId} and so.state = 'posted'`.execute(
    db,
  );
  return row ? salesOrderFrom(row) : null;
}

export function salesOrderColumns(documents: string): RawBuilder<SalesOrderRow> {
  const of = sql.ref(documents);
  return sql`${of}.netsuite_id, ${freshLines(documents)} as lines,
    (select jsonb_object_agg(line->>'tag', line->'units') from jsonb_array_elements(${of}.plan->'lines') line where line->'units' is not null) as units`;
}

export function salesOrderFrom({ netsuite_id: netsuiteId, lines, units }: SalesOrderRow): StoredSalesOrder | null {
  return netsuiteId === null ? null : { netsuiteId, lines, units: new Map(Object.entries(units ?? {})) };
}

/** Lines of a row of documents; null where they were never asked for or long ago. */
function freshLines(documents: string): RawBuilder<OrderLineId[] | null> {
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
