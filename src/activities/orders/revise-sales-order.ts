import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { planRevision, withoutUnits } from '../../domain/orders/revise-order.ts';
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { netOrder } from '../../domain/tax/net-sale.ts';
import { loadSalesOrder } from '../../store/orders/order-lines.ts';
import { loadOrder, setOrderState } from '../../store/orders/orders.ts';
import { loadShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { closeUnbilledTax } from './close-sales-order.ts';
import { isComplete } from './finish-dispatch.ts';
import { posted, salesOrderId } from './sales-order-lines.ts';
import type { OrderRef } from '../../contracts/orders/order-activities.ts';

/**
 * Cuts a posted Sales Order to what Amazon still means to send, so that nobody ships or bills the rest: after a line was
 * cancelled or reduced, or left before the cut-over. Says whether everything of the order is dispatched and billed then.
 * Idempotent: it looks at the lines as they are, and one that is as planned is left.
 */
export async function reviseSalesOrder(connection: Connection, input: OrderRef): Promise<{ complete: boolean }> {
  const { db } = connection;
  const order = await loadOrder(db, connection.name, input.orderId);
  if (!order) throw new Error(`bug: order ${input.orderId} is not in the store`);
  const { netsuiteId, units } = posted(
    input.orderId,
    await loadSalesOrder(db, salesOrderId(connection.name, input.orderId)),
  );
  const shipments = await loadShipments(db, connection.name, input.orderId);
  const notOurs =
    connection.settings.shippedBeforeCutOver === 'opening-balance'
      ? shipments.filter(({ state }) => state === 'earlier')
      : [];
  const lines = await connection.netsuite.lookups.salesOrderLines(netsuiteId);
  const revisions = planRevision(
    connection.name,
    withoutUnits(
      netOrder(order.fact, taxPolicyOf(connection.settings, order.fact.marketplaceId)),
      notOurs.map(({ fact }) => fact),
    ),
    lines,
    units,
  );
  if (revisions.length > 0) {
    const outcome = await connection.netsuite.patch(recordTypeOf('SO'), netsuiteId, {
      item: {
        items: revisions.map((line) => ({
          line: Number(line.orderLine),
          ...('amount' in line
            ? { quantity: line.quantity, amount: decimal(formatMinor(line.amount, order.fact.currency!)) }
            : { isClosed: true }),
        })),
      },
    });
    if (outcome.outcome !== 'posted')
      throw new Error(`cutting the Sales Order of ${input.orderId} to what is left: ${outcome.outcome}`);
  }
  const complete = isComplete(order.fact, shipments);
  if (complete) {
    await closeUnbilledTax(connection, input.orderId, netsuiteId);
    await setOrderState(
      db,
      connection.name,
      input.orderId,
      shipments.some(({ state }) => state === 'done') ? 'billed' : 'cancelled',
    );
  }
  return { complete };
}
