import { loadSalesOrder } from '../../store/orders/order-lines.ts';
import { setOrderState } from '../../store/orders/orders.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { closeSalesOrder } from './close-sales-order.ts';
import { salesOrderId } from './sales-order-lines.ts';
import type { OrderRef } from '../../contracts/orders/order-activities.ts';

/** Closes the Sales Order of an order that was cancelled after it had one. Idempotent: closed lines stay closed. */
export function createCloseCancelledOrder(deps: Dependencies) {
  return async function closeCancelledOrder(input: OrderRef): Promise<void> {
    const connection = connectionOf(deps, input.connection);
    const salesOrder = await loadSalesOrder(deps.store.db, salesOrderId(input.connection, input.orderId));
    if (salesOrder) await closeSalesOrder(connection, input.orderId, salesOrder.netsuiteId);
    await setOrderState(deps.store.db, input.connection, input.orderId, 'cancelled');
  };
}
