/** The lines of a posted Sales Order, found again by the tag in their description. */
import { ApplicationFailure } from '@temporalio/common';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { keyPart } from '../../domain/identifiers/key-part.ts';
import { tagOf } from '../../domain/orders/sales-order.ts';
import type { ItemUnits } from '../../domain/orders/item-units.ts';
import {
  keepOrderLines,
  loadSalesOrder,
  type OrderLineId,
  type StoredSalesOrder,
} from '../../store/orders/order-lines.ts';
import type { Connection } from '../connection.ts';

export interface PostedSalesOrder {
  netsuiteId: string;
  lines: OrderLineId[];
  byTag: Map<string, OrderLineId>;
  units: ItemUnits;
}

export function salesOrderId(connection: string, orderId: string): string {
  return externalIdOf({ connection, purpose: 'SO', businessKey: keyPart(orderId), part: 1 });
}

/** @throws a retryable failure while it is not posted: dispatch never overtakes it */
export function posted(orderId: string, stored: StoredSalesOrder | null): StoredSalesOrder {
  if (stored === null)
    throw ApplicationFailure.create({
      type: 'SALES_ORDER_MISSING',
      message: `order ${orderId} has no Sales Order yet`,
      nextRetryDelay: '5s',
    });
  return stored;
}

/** With the ids and tags of its lines, as they were a short while ago at most. @throws as {@link posted} */
export async function postedSalesOrder(connection: Connection, orderId: string): Promise<PostedSalesOrder> {
  return withLines(connection, orderId, await loadSalesOrder(connection.db, salesOrderId(connection.name, orderId)));
}

/** The same for one that was loaded already. */
export async function withLines(
  connection: Connection,
  orderId: string,
  stored: StoredSalesOrder | null,
): Promise<PostedSalesOrder> {
  const { netsuiteId, lines: known, units } = posted(orderId, stored);
  const lines = known ?? (await askForLines(connection, orderId, netsuiteId));
  return { netsuiteId, lines, byTag: new Map(lines.map((line) => [tagOf(line.memo), line])), units };
}

async function askForLines(connection: Connection, orderId: string, netsuiteId: string): Promise<OrderLineId[]> {
  const lines = (await connection.netsuite.lookups.salesOrderLines(netsuiteId)).map(({ orderLine, item, memo }) => ({
    orderLine,
    item,
    memo,
  }));
  await keepOrderLines(connection.db, new Map([[salesOrderId(connection.name, orderId), lines]]));
  return lines;
}
