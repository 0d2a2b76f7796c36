/** Documents of stock by what they are about. */
import { sql, type RawBuilder } from 'kysely';
import type { StockDocument } from '../../domain/stock/kept-stock.ts';
import type { Database } from '../database.ts';
import { daysOfDocuments } from './netsuite-movements.ts';
import { loadStockDocuments, STOCK_PURPOSES, type KeptDocument } from './stock-documents.ts';

/** Those that are neither posted nor held, by day: what NetSuite is to hold. */
export function loadPlannedDocuments(db: Database, connection: string): Promise<KeptDocument[]> {
  return documentsWhere(db, connection, sql`state <> 'posted' and plan->>'hold' is null`);
}

/** Those of inbound shipments, by day. */
export async function loadDocumentsOfShipments(
  db: Database,
  connection: string,
  shipmentIds: readonly string[],
): Promise<KeptDocument[]> {
  if (shipmentIds.length === 0) return [];
  return documentsWhere(db, connection, sql`plan->>'shipmentId' = any(${[...shipmentIds]})`);
}

/** Of some documents those that NetSuite has, each on the day on which it has it. */
export async function asNetSuiteHas(
  db: Database,
  connection: string,
  documents: readonly KeptDocument[],
): Promise<StockDocument[]> {
  const ids = documents.flatMap(({ netsuiteId }) => netsuiteId ?? []);
  const days = await daysOfDocuments(db, connection, ids);
  return documents.flatMap(({ document, netsuiteId }) => {
    const day = days.get(netsuiteId ?? '');
    return day === undefined ? [] : [{ ...document, day }];
  });
}

/** Those that NetSuite had under these internal ids. */
export async function loadDocumentsPostedAs(
  db: Database,
  connection: string,
  netsuiteIds: readonly string[],
): Promise<KeptDocument[]> {
  if (netsuiteIds.length === 0) return [];
  return documentsWhere(db, connection, sql`netsuite_id = any(${[...netsuiteIds]})`);
}

/** Parts of openings, by day. */
export function loadOpeningDocuments(db: Database, connection: string): Promise<KeptDocument[]> {
  return documentsWhere(db, connection, sql`purpose = 'ADJ' and business_key like '%-opening'`);
}

async function documentsWhere(db: Database, connection: string, holds: RawBuilder<unknown>): Promise<KeptDocument[]> {
  const { rows } = await sql<{ external_id: string }>`
    select external_id from documents where connection = ${connection} and purpose = any(${STOCK_PURPOSES}) and ${holds}`.execute(
    db,
  );
  return loadStockDocuments(
    db,
    connection,
    rows.map(({ external_id: id }) => id),
  );
}
