/** The lines of a posted Sales Order, found again by the tag in their description. */
import { ApplicationFailure } from '@temporalio/common';
import type { SalesOrderLine } from '../../clients/netsuite/netsuite-client.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { loadDocument } from '../../store/documents.ts';
import type { Connection, Dependencies } from '../dependencies.ts';

export interface PostedSalesOrder { netsuiteId: string; lines: SalesOrderLine[]; byTag: Map<string, SalesOrderLine> }

/** @throws a retryable failure while the Sales Order is not posted: dispatch never overtakes it. */
export async function postedSalesOrder(deps: Dependencies, connection: Connection, orderId: string): Promise<PostedSalesOrder> {
  const document = await loadDocument(deps.store.db, externalIdOf({ connection: connection.settings.name, purpose: 'SO', businessKey: orderId, part: 1 }));
  if (document?.state !== 'posted' || document.netsuiteId === null) {
    throw ApplicationFailure.create({ type: 'SALES_ORDER_MISSING', message: `order ${orderId} has no Sales Order yet`, nextRetryDelay: '5s' });
  }
  const lines = await connection.netsuite.lookups.salesOrderLines(document.netsuiteId);
  return { netsuiteId: document.netsuiteId, lines, byTag: new Map(lines.map((line) => [line.memo, line])) };
}
