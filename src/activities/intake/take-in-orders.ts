import { heartbeat } from '@temporalio/activity';
import type { ConnectionSettings } from '../../config/connection.ts';
import { currencyOfMarketplace, marketplaceById, marketplaceByName } from '../../config/marketplaces.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import { isMultiChannel } from '../../domain/orders/sales-order.ts';
import type { OrderState } from '../../domain/orders/order-states.ts';
import { saveOrders } from '../../store/orders/orders.ts';
import { loadShipments, saveShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { endUnclearTax } from '../tax/unclear-tax.ts';
import { beginReading } from './begin-reading.ts';
import { raiseDrift } from './raise-drift.ts';
import { raiseUnread, resolveRead } from './raise-unread.ts';
import { readPages } from './read-pages.ts';
import { watchClocks } from './watch-clocks.ts';

/** Read again each time: Amazon's index may lag behind, and saving an order twice changes nothing. */
export const OVERLAP_MS = 5 * 60_000;

/**
 * Orders changed since the high-water mark, page by page. The mark moves only after the last page, to Amazon's own
 * `lastUpdatedBefore`. Each look also measures how far the clocks are apart, and ends what new rates of tax have made clear. Idempotent: orders are upserted; news is kept
 * until told. An order that cannot be read stands aside.
 */
export async function takeInOrders(connection: Connection): Promise<{ seen: number; news: number }> {
  const { settings, amazon } = connection;
  const begin = await beginReading(connection, 'orders', OVERLAP_MS);
  if (begin === null) return { seen: 0, news: 0 };
  const marketplaceIds = settings.marketplaces.map((marketplace) => marketplace.id);
  let seen = 0;
  let news = 0;
  await readPages(connection, 'orders', begin, async (since, token) => {
    const page = await amazon.searchOrders({
      lastUpdatedAfter: since,
      marketplaceIds,
      ...(token === null ? {} : { paginationToken: token }),
    });
    seen += page.orders.length;
    const orders = page.orders.map((order) => inOwnMarketplace(settings, order));
    news += await saveOrders(
      connection.db,
      connection.name,
      orders.map((fact) => ({ fact, initial: initialState(settings, fact) })),
    );
    for (const order of orders) {
      if (order.fulfilledBy === 'MERCHANT' && settings.merchantFulfilled === 'ours')
        await saveMerchantDispatch(connection, order);
    }
    if (page.drift.length > 0) await raiseDrift(connection, page.drift);
    await raiseUnread(connection, page.unread, { what: 'orders', since });
    await resolveRead(
      connection,
      'order',
      page.orders.map(({ orderId }) => orderId),
    );
    heartbeat(seen);
    return { nextToken: page.nextToken, upTo: page.upTo };
  });
  await watchClocks(connection);
  await endUnclearTax(connection);
  return { seen, news };
}

/** Whose order is it? Another system's is kept to count and to tie, and left alone. */
export function initialState(settings: ConnectionSettings, order: OrderFact): OrderState {
  if (order.fulfilledBy === 'MERCHANT' && settings.merchantFulfilled === 'other') return 'left-alone';
  if (isMultiChannel(order) && settings.multiChannel === 'other') return 'left-alone';
  return order.currency === null && order.status !== 'CANCELLED' ? 'pending' : 'seen';
}

/**
 * The order under the marketplace that it counts as: a Multi-Channel order under that of its country, whichever name or id
 * Amazon gives it; one that names none under the connection's first in its currency.
 */
export function inOwnMarketplace(settings: ConnectionSettings, order: OrderFact): OrderFact {
  const named = marketplaceByName(order.marketplaceName);
  const own = isMultiChannel(order)
    ? (named ?? marketplaceById(order.marketplaceId))
    : (marketplaceById(order.marketplaceId) ?? named);
  const inCurrency = settings.marketplaces
    .map(({ id }) => marketplaceById(id)!)
    .find((marketplace) => currencyOfMarketplace(marketplace) === order.currency);
  return { ...order, marketplaceId: (own ?? inCurrency)?.id ?? order.marketplaceId };
}

/** A merchant-fulfilled order is in no FBA report: its own status says that it was dispatched. */
async function saveMerchantDispatch(connection: Connection, order: OrderFact): Promise<void> {
  if (order.status !== 'SHIPPED' || order.currency === null) return;
  if ((await loadShipments(connection.db, connection.name, order.orderId)).length > 0) return;
  const holdsTax = order.items.find(({ tax }) => tax !== undefined)?.tax?.holdTax;
  await saveShipments(connection.db, connection.name, [
    {
      orderId: order.orderId,
      shipmentId: null,
      shippedAt: order.updatedAt,
      marketplaceName: order.marketplaceName,
      currency: order.currency,
      whole: true,
      ...(holdsTax === undefined ? {} : { holdTax: holdsTax }),
      items: order.items.map((item) => ({
        orderItemId: item.orderItemId,
        sku: item.sku,
        quantity: item.quantity,
        amounts: item.amounts ?? {},
        ...(item.tax ? { taxes: item.tax.parts } : {}),
      })),
    },
  ]);
}
