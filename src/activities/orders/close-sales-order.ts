import type { SalesOrderLine } from '../../clients/netsuite/netsuite-client.ts';
import { owesTax } from '../../config/tax-policy.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { hasPlan, isKind } from '../../domain/documents/document-plans.ts';
import { tagOf } from '../../domain/orders/sales-order.ts';
import { unbilledTax } from '../../domain/orders/unbilled-tax.ts';
import { documentsOfOrder } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';

/** Closes what is left of a Sales Order line by line, so that nobody bills it (2.3: PATCH `isClosed`). Idempotent. */
export async function closeSalesOrder(connection: Connection, orderId: string, netsuiteId: string): Promise<void> {
  await closeLines(connection, orderId, netsuiteId, () => true);
}

/**
 * Closes the tax lines of a Sales Order that its invoices do not bill, once all of it is dispatched and billed: NetSuite would
 * go on to show it as to be billed. NetSuite is asked only where what was planned leaves any. Idempotent.
 */
export async function closeUnbilledTax(connection: Connection, orderId: string, netsuiteId: string): Promise<void> {
  const { db, name, settings, mode } = connection;
  if (!owesTax(settings)) return;
  const documents = await documentsOfOrder(db, name, orderId);
  const ordered = documents.flatMap((document) => (hasPlan(document, 'order') ? document.plan.lines : []));
  const billed = documents.flatMap((document) => (isKind(document, mode.sale.bill.purpose) ? document.plan.lines : []));
  const left = unbilledTax(ordered, billed);
  if (left.size === 0) return;
  await closeLines(
    connection,
    orderId,
    netsuiteId,
    (line) => left.has(tagOf(line.memo)) && line.billed < line.quantity,
  );
}

async function closeLines(
  connection: Connection,
  orderId: string,
  netsuiteId: string,
  which: (line: SalesOrderLine) => boolean,
): Promise<void> {
  const lines = await connection.netsuite.lookups.salesOrderLines(netsuiteId);
  const open = lines.filter((line) => !line.closed && which(line));
  if (open.length === 0) return;
  const outcome = await connection.netsuite.patch(recordTypeOf('SO'), netsuiteId, {
    item: { items: open.map((line) => ({ line: Number(line.orderLine), isClosed: true })) },
  });
  if (outcome.outcome !== 'posted') throw new Error(`closing the Sales Order of ${orderId}: ${outcome.outcome}`);
}
