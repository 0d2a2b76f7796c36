import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import type { RefundPlan } from '../../domain/orders/refund.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import { retryLater } from '../posting/post-document.ts';

/**
 * Closes what was not received of return authorisations whose refund Amazon has taken back, so that nobody waits for the
 * goods (PATCH `isClosed`, as for sales orders). Idempotent: what is closed or received stays as it is.
 */
export async function closeReturnLines(
  connection: Connection,
  lines: NonNullable<RefundPlan['takesBack']>,
): Promise<void> {
  for (const authorisation of new Set(lines.map((line) => line.authorisation))) {
    const netsuiteId = (await loadDocument(connection.db, authorisation))?.netsuiteId;
    if (!netsuiteId) throw retryLater('RETURN_MISSING', `${authorisation} is taken back before it is posted`, 5000);
    const tags = lines.filter((line) => line.authorisation === authorisation).map(({ tag }) => tag);
    const open = (await connection.netsuite.lookups.salesOrderLines(netsuiteId)).filter(
      (line) => tags.includes(line.memo) && !line.closed && line.fulfilled < line.quantity,
    );
    if (open.length === 0) continue;
    const outcome = await connection.netsuite.patch(recordTypeOf('RA'), netsuiteId, {
      item: { items: open.map((line) => ({ line: Number(line.orderLine), isClosed: true })) },
    });
    if (outcome.outcome !== 'posted') throw new Error(`closing ${authorisation}: ${outcome.outcome}`);
  }
}
