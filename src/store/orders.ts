/** Orders, shipments and refunds as Amazon told them, and how far each has come. */
import { sql } from 'kysely';
import { refundKey, shipmentKey } from '../domain/identifiers/external-id.ts';
import type { OrderFact, RefundFact, ShipmentFact } from '../domain/orders/order-facts.ts';
import type { Database, OrderState, RefundState, ShipmentState } from './database.ts';
import { factFromJson, factToJson } from './fact-json.ts';

export interface StoredOrder { fact: OrderFact; state: OrderState; blockedBy: string | null }
export interface StoredShipment { key: string; fact: ShipmentFact; state: ShipmentState }
export interface StoredRefund { key: string; fact: RefundFact; state: RefundState }

export async function loadOrder(db: Database, connection: string, orderId: string): Promise<StoredOrder | null> {
  const row = await db.selectFrom('orders').select(['fact', 'state', 'blocked_by']).where('connection', '=', connection).where('order_id', '=', orderId).executeTakeFirst();
  return row ? { fact: factFromJson<OrderFact>(row.fact), state: row.state, blockedBy: row.blocked_by } : null;
}

/**
 * Takes in an order; says whether it is news that its workflow must hear: first sight, a price, other items, a
 * cancellation. A mere change of status is only a hint (dispatch comes from the shipment report) and is stored in silence.
 */
export async function saveOrder(db: Database, connection: string, order: OrderFact, initial: OrderState): Promise<boolean> {
  const known = await loadOrder(db, connection, order.orderId);
  if (known && known.fact.updatedAt > order.updatedAt) return false;
  const news = known === null || material(known.fact) !== material(order);
  const values = {
    status: order.status, channel: order.channel, fulfilled_by: order.fulfilledBy, marketplace_id: order.marketplaceId, currency: order.currency,
    purchased_at: order.purchasedAt, updated_at: order.updatedAt, fact: factToJson(order),
  };
  if (!known) {
    await db.insertInto('orders')
      .values({ connection, order_id: order.orderId, ...values, state: initial, blocked_by: null, told: initial === 'left-alone' })
      .onConflict((conflict) => conflict.doNothing()).execute();
    return true;
  }
  await db.updateTable('orders').set(news && known.state !== 'left-alone' ? { ...values, told: false } : values)
    .where('connection', '=', connection).where('order_id', '=', order.orderId).execute();
  return news;
}

function material(order: OrderFact): string {
  return factToJson([order.currency, order.status === 'CANCELLED', order.items.map((item) => [item.orderItemId, item.sku, item.quantity, item.amounts])]);
}

export async function setOrderState(db: Database, connection: string, orderId: string, state: OrderState, blockedBy: string | null = null): Promise<void> {
  await db.updateTable('orders').set({ state, blocked_by: blockedBy }).where('connection', '=', connection).where('order_id', '=', orderId).execute();
}

/** Takes in a shipment once; a second delivery of the same one changes nothing. */
export async function saveShipment(db: Database, connection: string, shipment: ShipmentFact): Promise<string> {
  const key = shipmentKey(shipment.orderId, shipment.shipmentId, shipment.shippedAt);
  await db.insertInto('shipments')
    .values({ connection, shipment_key: key, order_id: shipment.orderId, shipment_id: shipment.shipmentId, shipped_at: shipment.shippedAt, fact: factToJson(shipment), state: 'new', told: false })
    .onConflict((conflict) => conflict.doNothing()).execute();
  return key;
}

export async function loadShipments(db: Database, connection: string, orderId: string): Promise<StoredShipment[]> {
  const rows = await db.selectFrom('shipments').select(['shipment_key', 'fact', 'state']).where('connection', '=', connection).where('order_id', '=', orderId).orderBy('shipped_at').orderBy('shipment_key').execute();
  return rows.map((row) => ({ key: row.shipment_key, fact: factFromJson<ShipmentFact>(row.fact), state: row.state }));
}

export async function loadShipment(db: Database, connection: string, key: string): Promise<StoredShipment | null> {
  const row = await db.selectFrom('shipments').select(['fact', 'state']).where('connection', '=', connection).where('shipment_key', '=', key).executeTakeFirst();
  return row ? { key, fact: factFromJson<ShipmentFact>(row.fact), state: row.state } : null;
}

export async function setShipmentState(db: Database, connection: string, key: string, state: ShipmentState): Promise<void> {
  await db.updateTable('shipments').set({ state }).where('connection', '=', connection).where('shipment_key', '=', key).execute();
}

/** Takes in a refund once. One that was deferred and later released comes as two records of one transaction: the first counts. */
export async function saveRefund(db: Database, connection: string, refund: RefundFact): Promise<string> {
  const key = refundKey(refund.orderId, refund.postedAt);
  await db.insertInto('refunds')
    .values({ connection, refund_key: key, order_id: refund.orderId, transaction_id: refund.transactionId, posted_at: refund.postedAt, fact: factToJson(refund), state: 'new', told: false })
    .onConflict((conflict) => conflict.doNothing()).execute();
  return key;
}

export async function loadRefunds(db: Database, connection: string, orderId: string): Promise<StoredRefund[]> {
  const rows = await db.selectFrom('refunds').select(['refund_key', 'fact', 'state']).where('connection', '=', connection).where('order_id', '=', orderId).orderBy('posted_at').execute();
  return rows.map((row) => ({ key: row.refund_key, fact: factFromJson<RefundFact>(row.fact), state: row.state }));
}

export async function setRefundState(db: Database, connection: string, key: string, state: RefundState): Promise<void> {
  await db.updateTable('refunds').set({ state }).where('connection', '=', connection).where('refund_key', '=', key).execute();
}

/** News of one order that its workflow has not heard. */
export interface UntoldOrder {
  orderId: string;
  marketplaceId: string | null;
  /** State in the store; null for a refund whose order is not in our books. */
  state: OrderState | null;
  orderNews: boolean;
  shipments: string[];
  refunds: string[];
}

/**
 * Orders with news to tell. A shipment whose order has not been seen waits until it has; a refund does not: its order
 * may be from before the cut-over. A connection that has gone live tells what it had only planned as well.
 */
export async function untoldOrders(db: Database, connection: string, live: boolean, limit: number): Promise<UntoldOrder[]> {
  const { rows } = await sql<{ order_id: string; marketplace_id: string | null; state: OrderState | null; order_news: boolean; shipments: string[] | null; refunds: string[] | null }>`
    with news as (
      select order_id from orders where connection = ${connection} and (not told or (${live} and state = 'planned'))
      union select s.order_id from shipments s join orders o using (connection, order_id) where s.connection = ${connection} and not s.told and o.state <> 'left-alone'
      union select order_id from refunds where connection = ${connection} and (not told or (${live} and state = 'planned')))
    select n.order_id, o.marketplace_id, o.state, coalesce(not o.told or o.state = 'planned', false) as order_news,
      (select array_agg(shipment_key order by shipped_at, shipment_key) from shipments s where s.connection = ${connection} and s.order_id = n.order_id and (not s.told or (o.state = 'planned' and s.state = 'new'))) as shipments,
      (select array_agg(refund_key order by posted_at) from refunds r where r.connection = ${connection} and r.order_id = n.order_id and (not r.told or r.state = 'planned' or (o.state = 'planned' and r.state = 'new'))) as refunds
    from news n left join orders o on o.connection = ${connection} and o.order_id = n.order_id
    order by n.order_id limit ${limit}`.execute(db);
  return rows.map((row) => ({
    orderId: row.order_id, marketplaceId: row.marketplace_id, state: row.state, orderNews: row.order_news, shipments: row.shipments ?? [], refunds: row.refunds ?? [],
  }));
}

export async function markTold(db: Database, connection: string, order: UntoldOrder): Promise<void> {
  const state = order.state === 'planned' ? { state: 'seen' as const } : {};
  if (order.orderNews) await db.updateTable('orders').set({ told: true, ...state }).where('connection', '=', connection).where('order_id', '=', order.orderId).execute();
  if (order.shipments.length > 0) await db.updateTable('shipments').set({ told: true }).where('connection', '=', connection).where('shipment_key', 'in', order.shipments).execute();
  if (order.refunds.length > 0) await db.updateTable('refunds').set({ told: true, state: sql`case when state = 'planned' then 'new' else state end` }).where('connection', '=', connection).where('refund_key', 'in', order.refunds).execute();
}
