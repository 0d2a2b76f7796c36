/** Orders as Amazon told them, how far each has come, and the news of them, of shipments and of refunds. */
import { isDeepStrictEqual } from 'node:util';
import { sql, type RawBuilder } from 'kysely';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import type { OrderState } from '../../domain/orders/order-states.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { purgedAmong } from '../retention/purged-orders.ts';

export interface StoredOrder {
  fact: OrderFact;
  state: OrderState;
  blockedBy: string | null;
}
export async function loadOrder(db: Database, connection: string, orderId: string): Promise<StoredOrder | null> {
  const row = await db
    .selectFrom('orders')
    .select(['fact', 'state', 'blocked_by'])
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row ? { fact: factFromJson<OrderFact>(row.fact), state: row.state, blockedBy: row.blocked_by } : null;
}

/** An order as Amazon tells it, and the state in which it begins when it is new to us. */
export interface SeenOrder {
  fact: OrderFact;
  initial: OrderState;
}

/**
 * Takes in orders, a page at a time; says how many are news that their workflow must hear: first sight, a price, other
 * items, a cancellation. A mere change of status is only a hint (dispatch comes from the shipment report) and is stored
 * in silence. One that was purged is not taken in again: its documents stand.
 */
export async function saveOrders(db: Database, connection: string, seen: readonly SeenOrder[]): Promise<number> {
  if (seen.length === 0) return 0;
  const purged = await purgedAmong(
    db,
    connection,
    seen.map(({ fact }) => fact.orderId),
  );
  const rows = await db
    .selectFrom('orders')
    .select(['order_id', 'fact', 'state'])
    .where('connection', '=', connection)
    .where(
      'order_id',
      'in',
      seen.map(({ fact }) => fact.orderId),
    )
    .execute();
  const known = new Map(
    rows.map((row) => [row.order_id, { fact: factFromJson<OrderFact>(row.fact), state: row.state }]),
  );
  const current = latestOfEach(seen).filter(
    ({ fact }) => !purged.has(fact.orderId) && (known.get(fact.orderId)?.fact.updatedAt ?? '') <= fact.updatedAt,
  );
  if (current.length === 0) return 0;
  const isNews = ({ fact }: SeenOrder) => {
    const before = known.get(fact.orderId);
    // Postgres hands the keys of JSON back in an order of its own.
    return before === undefined || !isDeepStrictEqual(material(before.fact), material(fact));
  };
  await db
    .insertInto('orders')
    .values(
      current.map((order) => {
        const { fact, initial } = order;
        return {
          connection,
          order_id: fact.orderId,
          status: fact.status,
          channel: fact.channel,
          fulfilled_by: fact.fulfilledBy,
          marketplace_id: fact.marketplaceId,
          currency: fact.currency,
          purchased_at: fact.purchasedAt,
          updated_at: fact.updatedAt,
          fact: factToJson(fact),
          state: initial,
          blocked_by: null,
          told: !isNews(order) || (known.get(fact.orderId)?.state ?? initial) === 'left-alone',
        };
      }),
    )
    .onConflict((conflict) =>
      conflict.columns(['connection', 'order_id']).doUpdateSet(({ ref }) => ({
        status: ref('excluded.status'),
        channel: ref('excluded.channel'),
        fulfilled_by: ref('excluded.fulfilled_by'),
        marketplace_id: ref('excluded.marketplace_id'),
        currency: ref('excluded.currency'),
        purchased_at: ref('excluded.purchased_at'),
        updated_at: ref('excluded.updated_at'),
        fact: ref('excluded.fact'),
        told: sql<boolean>`orders.told and excluded.told`,
      })),
    )
    .execute();
  return current.filter(isNews).length;
}

/** A page may hold an order twice, when it changed between two pages. */
function latestOfEach(seen: readonly SeenOrder[]): SeenOrder[] {
  const latest = new Map<string, SeenOrder>();
  for (const order of seen) {
    if ((latest.get(order.fact.orderId)?.fact.updatedAt ?? '') <= order.fact.updatedAt)
      latest.set(order.fact.orderId, order);
  }
  return [...latest.values()];
}

/** What its documents are made of. */
function material(order: OrderFact): unknown[] {
  return [
    order.currency,
    order.status === 'CANCELLED',
    order.items.map((item) => [item.orderItemId, item.sku, item.quantity, item.amounts, item.cancelled ?? 0]),
  ];
}

export async function setOrderState(
  db: Database,
  connection: string,
  orderId: string,
  state: OrderState,
  blockedBy: string | null = null,
): Promise<void> {
  await db
    .updateTable('orders')
    .set({ state, blocked_by: blockedBy })
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .execute();
}

/** Their workflows are to look at what they placed once more. */
export async function tellAgain(db: Database, connection: string, orderIds: readonly string[]): Promise<void> {
  await db
    .updateTable('orders')
    .set({ told: false })
    .where('connection', '=', connection)
    .where('order_id', 'in', orderIds)
    .where('state', '<>', 'left-alone')
    .execute();
}

/**
 * Of a refund `r` whose order is not in the store: whether that says anything. Only where the orders have been read up to it
 * is the order not in our books; a store that was restored has refunds before it has their orders again. Of one that a person
 * books from a settlement's rows he has said so. An order that cannot be read is not in the books yet either.
 */
export function ordersReadUpToRefund(connection: string): RawBuilder<boolean> {
  return sql<boolean>`(r.fact ? 'fromRows' or (select mark from marks m where m.connection = ${connection} and m.source = 'orders')::timestamptz >= r.posted_at
    and not exists (select from exceptions e where e.connection = ${connection} and e.code = 'input-unreadable' and e.key = 'order ' || r.order_id and e.closed_at is null))`;
}

/** News of one order that its workflow has not heard. */
export interface OrderNews {
  orderId: string;
  marketplaceId: string | null;
  /** State in the store; null for a refund whose order is not in our books. */
  state: OrderState | null;
  orderNews: boolean;
  shipments: string[];
  refunds: string[];
}

/**
 * Orders with news to tell; none of an order that is left alone. A shipment whose order has not been seen waits until it
 * has; a refund only until the orders have been read up to it: its order may be from before the cut-over. A connection that has gone live tells what it had only planned as well.
 */
export async function ordersWithNews(
  db: Database,
  connection: string,
  { live }: { live: boolean },
  limit: number,
): Promise<OrderNews[]> {
  const { rows } = await sql<{
    order_id: string;
    marketplace_id: string | null;
    state: OrderState | null;
    order_news: boolean;
    shipments: string[] | null;
    refunds: string[] | null;
  }>`
    with news as (
      select order_id from orders where connection = ${connection} and (not told or (${live} and state = 'planned'))
      union select s.order_id from shipments s join orders o using (connection, order_id) where s.connection = ${connection} and not s.told and o.state <> 'left-alone'
      union select r.order_id from refunds r left join orders o using (connection, order_id)
        where r.connection = ${connection} and (not r.told or (${live} and r.state = 'planned')) and o.state is distinct from 'left-alone'
          and (o.order_id is not null or ${ordersReadUpToRefund(connection)}))
    select n.order_id, o.marketplace_id, o.state, coalesce(not o.told or o.state = 'planned', false) as order_news,
      (select array_agg(shipment_key order by shipped_at, shipment_key) from shipments s where s.connection = ${connection} and s.order_id = n.order_id and (not s.told or (o.state = 'planned' and s.state = 'new'))) as shipments,
      (select array_agg(refund_key order by posted_at) from refunds r where r.connection = ${connection} and r.order_id = n.order_id and (not r.told or r.state = 'planned' or (o.state = 'planned' and r.state = 'new'))) as refunds
    from news n left join orders o on o.connection = ${connection} and o.order_id = n.order_id
    order by n.order_id limit ${limit}`.execute(db);
  return rows.map((row) => ({
    orderId: row.order_id,
    marketplaceId: row.marketplace_id,
    state: row.state,
    orderNews: row.order_news,
    shipments: row.shipments ?? [],
    refunds: row.refunds ?? [],
  }));
}

/** Their workflows have heard. @param live what was only planned before is to be done now */
export async function markTold(
  db: Database,
  connection: string,
  told: readonly OrderNews[],
  { live }: { live: boolean },
): Promise<void> {
  const orders = told.filter((order) => order.orderNews).map((order) => order.orderId);
  const shipments = told.flatMap((order) => order.shipments);
  const refunds = told.flatMap((order) => order.refunds);
  if (orders.length > 0)
    await sql`update orders set told = true, state = case when ${live} and state = 'planned' then 'seen' else state end where connection = ${connection} and order_id = any(${orders})`.execute(
      db,
    );
  if (shipments.length > 0)
    await sql`update shipments set told = true where connection = ${connection} and shipment_key = any(${shipments})`.execute(
      db,
    );
  if (refunds.length > 0)
    await sql`update refunds set told = true, state = case when ${live} and state = 'planned' then 'new' else state end where connection = ${connection} and refund_key = any(${refunds})`.execute(
      db,
    );
}

/** Whether an order is known that was bought within a window, half open. */
export async function hasOrdersBetween(
  db: Database,
  connection: string,
  from: string,
  until: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('orders')
    .select('order_id')
    .where('connection', '=', connection)
    .where('purchased_at', '>=', from)
    .where('purchased_at', '<', until)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
