/** Invoices and credit memos with the facts by which settlement rows find them. */
import { sql } from 'kysely';
import { kindOf, SALES_PURPOSES, type SalesPurpose } from '../../domain/documents/document-kinds.ts';
import type { Database } from '../database.ts';

export interface SalesDocument {
  externalId: string;
  purpose: SalesPurpose;
  orderId: string;
  shipmentId: string | null;
  at: string;
  total: bigint;
  netsuiteId: string;
  marketplaceId: string | null;
  marketplaceName: string | null;
  /** Made of a shipment or of a refund. */
  of: 'sale' | 'refund';
  /** Of its items, as far as Amazon names them. */
  skus: string[];
  /** Whether a line of it is tax. */
  carriesTax: boolean;
  /** External id of the document whose tax it puts right; null for any other. */
  corrects: string | null;
}

/** One that is written down; NetSuite does not hold it yet where it is not posted. */
export interface WrittenSalesDocument extends Omit<SalesDocument, 'netsuiteId'> {
  netsuiteId: string | null;
  posted: boolean;
}

/** Facts of a shipment or a refund that hold its items; amounts stay as they are stored. */
type ItemsFact = { marketplaceName?: string | null; items?: { sku?: string | null }[] } | null;

/** All that were written down for some orders, posted or not. */
export async function writtenSalesDocuments(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<WrittenSalesDocument[]> {
  const found: WrittenSalesDocument[] = [];
  for (let start = 0; start < orderIds.length; start += 2000) {
    const slice = orderIds.slice(start, start + 2000);
    const rows = await db
      .selectFrom('documents as d')
      .leftJoin('shipments as s', (join) =>
        join.onRef('s.connection', '=', 'd.connection').onRef('s.shipment_key', '=', 'd.business_key'),
      )
      .leftJoin('refunds as r', (join) =>
        join.onRef('r.connection', '=', 'd.connection').onRef('r.refund_key', '=', 'd.business_key'),
      )
      .leftJoin('orders as o', (join) =>
        join.onRef('o.connection', '=', 'd.connection').onRef('o.order_id', '=', 'd.order_id'),
      )
      .select([
        'd.external_id',
        'd.purpose',
        'd.order_id',
        'd.total',
        'd.netsuite_id',
        'd.date',
        'd.true_day',
        'd.state',
        's.shipment_id',
        's.shipped_at',
        's.fact as shipment',
        'r.posted_at as refunded_at',
        'r.fact as refund',
        'o.marketplace_id',
        sql<boolean>`coalesce(jsonb_path_exists(d.plan, '$.lines[*] ? (@.component == "tax")'), false)`.as(
          'carries_tax',
        ),
        sql<string | null>`d.plan ->> 'corrects'`.as('corrects'),
        sql<string | null>`d.plan ->> 'marketplace'`.as('marketplace'),
      ])
      .where('d.connection', '=', connection)
      .where('d.purpose', 'in', SALES_PURPOSES)
      .where('d.order_id', 'in', slice)
      .execute();
    for (const row of rows) {
      const fact = (row.refund ?? row.shipment) as ItemsFact;
      found.push({
        externalId: row.external_id,
        purpose: row.purpose as SalesPurpose,
        orderId: row.order_id!,
        shipmentId: row.shipment_id,
        at: row.refunded_at ?? row.shipped_at ?? `${row.true_day ?? row.date}T00:00:00Z`,
        total: row.total,
        netsuiteId: row.netsuite_id,
        posted: row.state === 'posted',
        marketplaceId: row.marketplace_id,
        marketplaceName: (row.refund as ItemsFact)?.marketplaceName ?? row.marketplace,
        of:
          row.refunded_at !== null || (row.shipped_at === null && kindOf(row.purpose).lines.side === 'debit')
            ? 'refund'
            : 'sale',
        carriesTax: row.carries_tax,
        corrects: row.corrects,
        skus: [...new Set((fact?.items ?? []).flatMap(({ sku }) => sku ?? []))],
      });
    }
  }
  return found;
}

export async function postedSalesDocuments(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<SalesDocument[]> {
  return (await writtenSalesDocuments(db, connection, orderIds)).flatMap(({ posted, netsuiteId, ...document }) =>
    posted ? [{ ...document, netsuiteId: netsuiteId! }] : [],
  );
}

/** The same by external id. */
export async function salesDocumentsByExternalId(
  db: Database,
  connection: string,
  externalIds: readonly string[],
): Promise<SalesDocument[]> {
  if (externalIds.length === 0) return [];
  const rows = await db
    .selectFrom('documents')
    .select('order_id')
    .distinct()
    .where('connection', '=', connection)
    .where('external_id', '=', sql<string>`any(${[...externalIds]})`)
    .execute();
  const wanted = new Set(externalIds);
  return (
    await postedSalesDocuments(
      db,
      connection,
      rows.flatMap((row) => (row.order_id === null ? [] : [row.order_id])),
    )
  ).filter((document) => wanted.has(document.externalId));
}

/** Documents of some orders that rows of other settlements have settled. */
export async function settledElsewhere(
  db: Database,
  connection: string,
  settlementId: string,
  orderIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ document: string }>`
    select distinct document from settlement_rows where connection = ${connection} and order_id = any(${[...orderIds]}) and settlement_id <> ${settlementId} and document is not null`.execute(
    db,
  );
  return new Set(rows.map((row) => row.document));
}
