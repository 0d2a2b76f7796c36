import { keepOrderLines, ordersToDispatch, type OrderLineId } from '../../store/orders/order-lines.ts';
import type { Connection } from '../connection.ts';

/** Orders whose lines one query asks for. */
const AT_ONCE = 250;

/**
 * Asks NetSuite for the line ids of all orders that are about to be dispatched, a few hundred in one query, so that their
 * fulfilments and invoices need not ask one by one. Reads only, but for what it remembers.
 */
export async function rememberOrderLines(connection: Connection): Promise<{ orders: number }> {
  const { netsuite } = connection;
  let orders = 0;
  for (;;) {
    const wanted = await ordersToDispatch(connection.db, connection.name, AT_ONCE);
    const lines = new Map<string, OrderLineId[]>();
    await Promise.all(
      wanted.map(async ({ externalId, netsuiteId }) => {
        lines.set(
          externalId,
          (await netsuite.lookups.salesOrderLines(netsuiteId)).map(({ orderLine, item, memo }) => ({
            orderLine,
            item,
            memo,
          })),
        );
      }),
    );
    await keepOrderLines(connection.db, lines);
    orders += wanted.length;
    if (wanted.length < AT_ONCE) return { orders };
  }
}
