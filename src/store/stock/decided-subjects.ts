/** What decisions about stock name, as the store has it. Reads only. */
import { sql } from 'kysely';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { inBatches } from '../in-batches.ts';
import { keptRowOf } from './ledger-rows.ts';

export async function rowsNamed(db: Database, connection: string, ids: readonly string[]): Promise<KeptRow[]> {
  const rows: KeptRow[] = [];
  for (const some of inBatches(ids, 4000)) {
    const found = await db
      .selectFrom('ledger_rows')
      .selectAll()
      .where('connection', '=', connection)
      .where('row_id', 'in', some)
      .execute();
    rows.push(...found.map(keptRowOf));
  }
  return rows;
}

/** The documents that answer some rows; null where nothing was due to one. */
export async function answersOf(
  db: Database,
  connection: string,
  rows: readonly string[],
): Promise<{ row: string; document: string | null; item: string; units: number }[]> {
  if (rows.length === 0) return [];
  const answers = await db
    .selectFrom('stock_answers')
    .select(['row_id', 'document', 'item', 'units'])
    .where('connection', '=', connection)
    .where('row_id', 'in', rows)
    .execute();
  return answers.map(({ row_id: row, ...answer }) => ({ row, ...answer }));
}

/** Rows that some documents answer, by the document's external id. */
export async function rowsAnsweredBy(
  db: Database,
  connection: string,
  documents: readonly string[],
): Promise<Map<string, string[]>> {
  if (documents.length === 0) return new Map();
  const answers = await db
    .selectFrom('stock_answers')
    .select(['row_id', 'document'])
    .distinct()
    .where('connection', '=', connection)
    .where('kind', '=', 'document')
    .where('document', 'in', documents)
    .orderBy('row_id')
    .execute();
  const rows = new Map<string, string[]>(documents.map((document) => [document, []]));
  for (const { document, row_id: row } of answers) rows.get(document!)!.push(row);
  return rows;
}

/** Lines of a document of NetSuite's, by its internal id. */
export async function movementNamed(
  db: Database,
  connection: string,
  netsuiteId: string,
): Promise<Pick<NetSuiteMovement, 'item' | 'location' | 'units'>[]> {
  const lines = await db
    .selectFrom('netsuite_movements')
    .select(['item', 'location', 'units'])
    .where('connection', '=', connection)
    .where('netsuite_id', '=', netsuiteId)
    .execute();
  return lines.map(({ units, ...line }) => ({ ...line, units: Number(units) }));
}

/** Internal ids of the documents that NetSuite shows under a number; kinds count apart, so several may have one. */
export async function movementsNumbered(db: Database, connection: string, number: string): Promise<string[]> {
  const documents = await db
    .selectFrom('netsuite_movements')
    .select('netsuite_id')
    .distinct()
    .where('connection', '=', connection)
    .where('tran_id', '=', number)
    .execute();
  return documents.map(({ netsuite_id: id }) => id);
}

/** By internal id, the numbers under which NetSuite shows documents. */
export async function numbersOfMovements(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<Map<string, string>> {
  if (netsuiteIds.length === 0) return new Map();
  const documents = await db
    .selectFrom('netsuite_movements')
    .select(['netsuite_id', 'tran_id'])
    .distinct()
    .where('connection', '=', connection)
    .where('netsuite_id', 'in', netsuiteIds)
    .execute();
  return new Map(documents.map(({ netsuite_id: id, tran_id: number }) => [id, number]));
}

/** Of some items those that NetSuite has at locations of ours. */
export async function itemsNamed(db: Database, connection: string, items: readonly string[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const known = await db
    .selectFrom('stock_items')
    .select('item')
    .where('connection', '=', connection)
    .where('item', 'in', items)
    .execute();
  return new Set(known.map(({ item }) => item));
}

/** SKUs that NetSuite or a decision says are an item. */
export async function skusMappedTo(db: Database, connection: string, item: string): Promise<string[]> {
  const { rows } = await sql<{ sku: string }>`
    select key as sku from decisions where connection = ${connection} and kind = 'sku' and choice = ${item}
    union select sku from stock_skus where connection = ${connection} and item = ${item}`.execute(db);
  return rows.map(({ sku }) => sku);
}

/** SKUs of an inbound shipment; null where none of that id is known. */
export async function skusOfShipment(db: Database, connection: string, shipmentId: string): Promise<string[] | null> {
  const { rows } = await sql<{ skus: string[] | null }>`
    select (select array_agg(item->>'sku') from jsonb_array_elements(items) as item) as skus from inbound_shipments
    where connection = ${connection} and shipment_id = ${shipmentId}`.execute(db);
  return rows[0] === undefined ? null : (rows[0].skus ?? []);
}

/** Whether the ledger has a row of that kind. */
export async function hasRowsOf(
  db: Database,
  connection: string,
  { eventType, reason }: Pick<KeptRow, 'eventType' | 'reason'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('ledger_rows')
    .select('row_id')
    .where('connection', '=', connection)
    .where('event_type', '=', eventType)
    .where('reason', '=', reason)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Decisions about a SKU of a shipment that were carried out, by id: the units that they were about. */
export async function inboundCarriedOut(
  db: Database,
  connection: string,
  { shipmentId, sku }: { shipmentId: string; sku: string },
): Promise<Map<string, number>> {
  const decided = await db
    .selectFrom('stock_inbound_decided')
    .select(['decision', 'units'])
    .where('connection', '=', connection)
    .where('shipment_id', '=', shipmentId)
    .where('sku', '=', sku)
    .execute();
  return new Map(decided.map(({ decision, units }) => [decision, units]));
}

/** Whether Amazon's side of the opening is known. */
export async function isOpeningTaken(db: Database, connection: string): Promise<boolean> {
  const row = await db
    .selectFrom('stock_openings')
    .select('connection')
    .where('connection', '=', connection)
    .executeTakeFirst();
  return row !== undefined;
}

/** Currency of the subsidiary; null before NetSuite was first read. */
export async function currencyOfStock(db: Database, connection: string): Promise<string | null> {
  const row = await db
    .selectFrom('stock_netsuite')
    .select('currency')
    .where('connection', '=', connection)
    .executeTakeFirst();
  return row?.currency ?? null;
}
