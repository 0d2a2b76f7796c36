/** The lines of a posted Sales Order, found again by the tag in their description. */
import { ApplicationFailure } from '@temporalio/common';
import type { NetSuiteLookups } from '../../clients/netsuite/netsuite-client.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { loadDocument } from '../../store/documents.ts';
import type { Connection, Dependencies } from '../dependencies.ts';

type Line = Awaited<ReturnType<NetSuiteLookups['salesOrderLineIds']>>[number];
export interface PostedSalesOrder { netsuiteId: string; lines: Line[]; byTag: Map<string, Line> }

/** NetSuite's id of it. @throws a retryable failure while the Sales Order is not posted: dispatch never overtakes it. */
export async function postedSalesOrderId(deps: Dependencies, connection: Connection, orderId: string): Promise<string> {
  const document = await loadDocument(deps.store.db, externalIdOf({ connection: connection.settings.name, purpose: 'SO', businessKey: orderId, part: 1 }));
  if (document?.state === 'posted' && document.netsuiteId !== null) return document.netsuiteId;
  throw ApplicationFailure.create({ type: 'SALES_ORDER_MISSING', message: `order ${orderId} has no Sales Order yet`, nextRetryDelay: '5s' });
}

/** With the ids and tags of its lines, which never change. @throws as {@link postedSalesOrderId} */
export async function postedSalesOrder(deps: Dependencies, connection: Connection, orderId: string): Promise<PostedSalesOrder> {
  const netsuiteId = await postedSalesOrderId(deps, connection, orderId);
  const lines = await connection.netsuite.lookups.salesOrderLineIds(netsuiteId);
  return { netsuiteId, lines, byTag: new Map(lines.map((line) => [line.memo, line])) };
}
