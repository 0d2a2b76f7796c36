/** Posted invoices and credit memos with the facts by which settlement rows find them. */
import type { Database } from './database.ts';

export interface SalesDocument {
  externalId: string; purpose: 'INV' | 'CM'; orderId: string; shipmentId: string | null; at: string; total: bigint; netsuiteId: string; marketplaceId: string | null; marketplaceName: string | null;
}

export async function postedSalesDocuments(db: Database, connection: string, orderIds: readonly string[]): Promise<SalesDocument[]> {
  const found: SalesDocument[] = [];
  for (let start = 0; start < orderIds.length; start += 2000) {
    const slice = orderIds.slice(start, start + 2000);
    const rows = await db.selectFrom('documents as d')
      .leftJoin('shipments as s', (join) => join.onRef('s.connection', '=', 'd.connection').onRef('s.shipment_key', '=', 'd.business_key'))
      .leftJoin('refunds as r', (join) => join.onRef('r.connection', '=', 'd.connection').onRef('r.refund_key', '=', 'd.business_key'))
      .leftJoin('orders as o', (join) => join.onRef('o.connection', '=', 'd.connection').onRef('o.order_id', '=', 'd.order_id'))
      .select(['d.external_id', 'd.purpose', 'd.order_id', 'd.total', 'd.netsuite_id', 'd.date', 's.shipment_id', 's.shipped_at', 'r.posted_at as refunded_at', 'r.fact as refund', 'o.marketplace_id'])
      .where('d.connection', '=', connection).where('d.purpose', 'in', ['INV', 'CM']).where('d.state', '=', 'posted').where('d.order_id', 'in', slice).execute();
    for (const row of rows) {
      found.push({
        externalId: row.external_id, purpose: row.purpose as 'INV' | 'CM', orderId: row.order_id!, shipmentId: row.shipment_id, at: row.shipped_at ?? row.refunded_at ?? `${row.date}T00:00:00Z`,
        total: row.total, netsuiteId: row.netsuite_id!, marketplaceId: row.marketplace_id, marketplaceName: (row.refund as { marketplaceName?: string | null } | null)?.marketplaceName ?? null,
      });
    }
  }
  return found;
}

/** The same by external id. */
export async function salesDocumentsByExternalId(db: Database, connection: string, externalIds: readonly string[]): Promise<SalesDocument[]> {
  if (externalIds.length === 0) return [];
  const rows = await db.selectFrom('documents').select('order_id').distinct().where('connection', '=', connection).where('external_id', 'in', externalIds).execute();
  const wanted = new Set(externalIds);
  return (await postedSalesDocuments(db, connection, rows.flatMap((row) => (row.order_id === null ? [] : [row.order_id])))).filter((document) => wanted.has(document.externalId));
}
