import { heartbeat } from '@temporalio/activity';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { epochMsOf } from '../../domain/money/instant.ts';
import { shipmentKey } from '../../domain/identifiers/external-id.ts';
import type { OrderFact, ShipmentFact } from '../../domain/orders/order-facts.ts';
import { loadOrder, saveOrders, tellAgain } from '../../store/orders/orders.ts';
import { releaseEarlier, saveShipments } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { raiseUnread } from '../intake/raise-unread.ts';
import { initialState, inOwnMarketplace } from '../intake/take-in-orders.ts';
import { loadPayout, type PayoutSetup } from './payout-setup.ts';
import { salesContext, salesOf } from './sales-context.ts';
import type { PayoutRef } from '../../contracts/payouts/payout-activities.ts';

/** The shipments report tells of a shipment within a day; until then one that it does not know may be new. */
const LATE_MS = 48 * 3_600_000;

/**
 * Orders shipped before the cut-over and settled after it. Where the connection wants documents for them, they are taken in
 * one by one and their dispatch is released; where the old books have them, it is only written down that they left earlier.
 * A dispatch of which the shipments report does not tell is that of the settlement's rows. Idempotent: what is known stays
 * as it is.
 */
export async function makeEarlierOrders(connection: Connection, input: PayoutRef): Promise<{ orders: number }> {
  const setup = await loadPayout(connection, input);
  const { settings } = setup.connection;
  const sales = await salesContext(setup);
  let orders = 0;
  for (const sale of await salesOf(setup, sales)) {
    const known = sales.isShipmentKnown(sale);
    if (known && !sales.leftEarlier(sale)) continue;
    const order = await orderOf(setup, sale.orderId);
    const earlier = known ? null : await shippedBefore(setup, sale, order);
    if (!known && earlier === null) continue;
    if (earlier !== null) await saveShipments(connection.db, connection.name, [earlier], 'earlier');
    if (settings.shippedBeforeCutOver !== 'documents') {
      orders += await leaveToOldBooks(connection, sale.orderId);
      continue;
    }
    if (order === null) {
      await raiseUnknown(setup, sale.orderId);
      continue;
    }
    await saveOrders(connection.db, connection.name, [{ fact: order, initial: initialState(settings, order) }]);
    await releaseEarlier(
      connection.db,
      connection.name,
      earlier ? [shipmentKey(earlier.orderId, earlier.shipmentId, earlier.shippedAt)] : sales.earlierKeys(sale),
    );
    orders += 1;
    heartbeat(orders);
  }
  return { orders };
}

/** An order that was taken in since, since Amazon changed it after the cut-over, has a Sales Order: it is cut to what is left. */
async function leaveToOldBooks(connection: Connection, orderId: string): Promise<number> {
  const known = await loadOrder(connection.db, connection.name, orderId);
  if (known?.state !== 'ordered') return 0;
  await tellAgain(connection.db, connection.name, [orderId]);
  return 1;
}

async function orderOf({ connection }: PayoutSetup, orderId: string): Promise<OrderFact | null> {
  const known = await loadOrder(connection.db, connection.name, orderId);
  if (known !== null) return known.fact;
  const { order, unread } = await connection.amazon.getOrder(orderId);
  await raiseUnread(connection, unread, { what: 'orders', since: connection.settings.cutOver });
  return order && inOwnMarketplace(connection.settings, order);
}

/**
 * The dispatch that the settlement's rows tell of, where nobody else does and it can only have left before the cut-over;
 * null where it is awaited like any other. Its day is that of the purchase, the only one known. An order that Amazon does
 * not know is awaited: what nobody knows goes to no old books.
 */
async function shippedBefore(
  { connection }: PayoutSetup,
  sale: ShipmentFact,
  order: OrderFact | null,
): Promise<ShipmentFact | null> {
  const { cutOver } = connection.settings;
  if (order === null || order.purchasedAt >= cutOver) return null;
  if (order.fulfilledBy === 'MERCHANT')
    return order.updatedAt < cutOver ? { ...sale, shippedAt: order.updatedAt } : null;
  return epochMsOf(await connection.amazon.time()) - epochMsOf(sale.shippedAt) < LATE_MS
    ? null
    : { ...sale, shippedAt: order.purchasedAt };
}

async function raiseUnknown({ connection, settlement }: PayoutSetup, orderId: string): Promise<void> {
  await connection.raise({
    code: 'document-missing',
    subject: orderSubject(orderId),
    payout: settlement.settlementId,
    evidence: {
      what: `Amazon does not know order ${orderId}, which settlement ${settlement.settlementId} pays`,
      atStake: null,
      currency: settlement.currency,
    },
    remedy: {
      kind: 'look',
      where: 'Look it up in Seller Central; older than two years it can only be booked by hand',
    },
  });
}
