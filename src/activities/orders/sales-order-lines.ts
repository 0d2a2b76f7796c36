/** The lines of a posted Sales Order, found again by the tag in their description. */
import { ApplicationFailure } from '@temporalio/common';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { loadDocument } from '../../store/documents.ts';
import { keepOrderLines, knownOrderLines, type OrderLineId } from '../../store/order-lines.ts';
import type { Connection, Dependencies } from '../dependencies.ts';

export interface PostedSalesOrder { netsuiteId: string; lines: OrderLineId[]; byTag: Map<string, OrderLineId> }

const keyOf = (connection: Connection, orderId: string) => externalIdOf({ connection: connection.settings.name, purpose: 'SO', businessKey: orderId, part: 1 });

/** NetSuite's id of it. @throws a retryable failure while the Sales Order is not posted: dispatch never overtakes it. */
export async function postedSalesOrderId(deps: Dependencies, connection: Connection, orderId: string): Promise<string> {
  const document = await loadDocument(deps.store.db, keyOf(connection, orderId));
  if (document?.state === 'posted' && document.netsuiteId !== null) return document.netsuiteId;
  throw ApplicationFailure.create({ type: 'SALES_ORDER_MISSING', message: `order ${orderId} has no Sales Order yet`, nextRetryDelay: '5s' });
}

/** With the ids and tags of its lines, as they were a short while ago at most. @throws as {@link postedSalesOrderId} */
export async function postedSalesOrder(deps: Dependencies, connection: Connection, orderId: string): Promise<PostedSalesOrder> {
  const netsuiteId = await postedSalesOrderId(deps, connection, orderId);
  const lines = (await knownOrderLines(deps.store.db, keyOf(connection, orderId))) ?? (await askForLines(deps, connection, orderId, netsuiteId));
  return { netsuiteId, lines, byTag: new Map(lines.map((line) => [line.memo, line])) };
}

async function askForLines(deps: Dependencies, connection: Connection, orderId: string, netsuiteId: string): Promise<OrderLineId[]> {
  const lines = (await connection.netsuite.lookups.salesOrderLines(netsuiteId)).map(({ orderLine, item, memo }) => ({ orderLine, item, memo }));
  await keepOrderLines(deps.store.db, new Map([[keyOf(connection, orderId), lines]]));
  return lines;
}
