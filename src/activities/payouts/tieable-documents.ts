import type { TieableDocument } from '../../domain/payouts/tie-rows.ts';
import type { Database } from '../../store/database.ts';
import { settledElsewhere, writtenSalesDocuments } from '../../store/documents/sales-documents.ts';

/** Invoices and credit memos of some orders, posted or on their way, as the rows of a settlement find them; corrections of tax are found by what they correct (`rows-of-corrections.ts`). Reads only. */
export async function tieableDocuments(
  tx: Database,
  connection: string,
  settlementId: string,
  named: readonly string[],
): Promise<TieableDocument[]> {
  const orderIds = [...new Set(named)];
  const settled = await settledElsewhere(tx, connection, settlementId, orderIds);
  const written = await writtenSalesDocuments(tx, connection, orderIds);
  return written
    .filter(({ corrects }) => corrects === null)
    .map((document) => ({
      externalId: document.externalId,
      purpose: document.purpose,
      of: document.of,
      orderId: document.orderId,
      shipmentId: document.of === 'sale' ? document.shipmentId : null,
      at: document.at,
      total: document.total,
      ...(document.carriesTax ? { carriesTax: true as const } : {}),
      skus: document.skus,
      posted: document.posted,
      settledElsewhere: settled.has(document.externalId),
    }));
}
