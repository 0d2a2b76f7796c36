import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import type { Connection } from '../connection.ts';

/** Closes what is left of a Sales Order line by line, so that nobody bills it (2.3: PATCH `isClosed`). Idempotent. */
export async function closeSalesOrder(connection: Connection, orderId: string, netsuiteId: string): Promise<void> {
  const open = (await connection.netsuite.lookups.salesOrderLines(netsuiteId)).filter((line) => !line.closed);
  if (open.length === 0) return;
  const outcome = await connection.netsuite.patch(recordTypeOf('SO'), netsuiteId, {
    item: { items: open.map((line) => ({ line: Number(line.orderLine), isClosed: true })) },
  });
  if (outcome.outcome !== 'posted') throw new Error(`closing the Sales Order of ${orderId}: ${outcome.outcome}`);
}
