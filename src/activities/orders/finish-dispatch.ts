import { isFullyDispatched } from '../../domain/orders/dispatch.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import { isMultiChannel } from '../../domain/orders/sales-order.ts';
import { setOrderState } from '../../store/orders/orders.ts';
import { finishShipment, type StoredShipment } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { closeSalesOrder, closeUnbilledTax } from './close-sales-order.ts';

/**
 * A shipment has all its documents; says whether everything of its order has. The lines of a Multi-Channel order are closed
 * then, and tax lines that no invoice billed, so that nobody bills them. Idempotent: what is done stays done, closed lines stay closed.
 */
export async function finishDispatch(
  connection: Connection,
  order: OrderFact,
  shipment: string,
  salesOrder: string,
): Promise<boolean> {
  const { name } = connection;
  const shipments = await finishShipment(connection.db, name, order.orderId, shipment);
  const complete = isComplete(order, shipments);
  if (complete) {
    if (isMultiChannel(order)) await closeSalesOrder(connection, order.orderId, salesOrder);
    else await closeUnbilledTax(connection, order.orderId, salesOrder);
    await setOrderState(connection.db, name, order.orderId, 'billed');
  }
  return complete;
}

/** All that was ordered is dispatched, and each dispatch is billed, but for what left before the cut-over. */
export function isComplete(order: OrderFact, shipments: readonly StoredShipment[]): boolean {
  return (
    shipments.every(({ state }) => state === 'done' || state === 'earlier') &&
    isFullyDispatched(
      order,
      shipments.map(({ fact }) => fact),
    )
  );
}
