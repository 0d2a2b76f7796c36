import { loadSalesOrder } from '../../store/orders/order-lines.ts';
import { setOrderState } from '../../store/orders/orders.ts';
import type { Connection } from '../connection.ts';
import { closeSalesOrder } from './close-sales-order.ts';
import { salesOrderId } from './sales-order-lines.ts';
import type { OrderRef } from '../../contracts/orders/order-activities.ts';

/** Closes the Sales Order of an order that was cancelled after it had one. Idempotent: closed lines stay closed. */
export async function closeCancelledOrder(connection: Connection, input: OrderRef): Promise<void> {
  const salesOrder = await loadSalesOrder(connection.db, salesOrderId(connection.name, input.orderId));
  if (salesOrder) await closeSalesOrder(connection, input.orderId, salesOrder.netsuiteId);
  await setOrderState(connection.db, connection.name, input.orderId, 'cancelled');
}
