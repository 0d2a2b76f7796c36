/** Orders and payouts that are not at their end, as the reconciler compares them with the workflows that run. Reads only. */
import { sql } from 'kysely';
import { UNFINISHED, type OrderState } from '../../domain/orders/order-states.ts';
import { ENDED, type PayoutState } from '../../domain/payouts/payout-states.ts';
import type { Database } from '../database.ts';
import { ordersReadUpToRefund, type OrderNews } from '../orders/orders.ts';

/** An order whose workflow has something to do or to wait for: as news it holds all of that, told before or not. */
export interface UnfinishedOrder extends OrderNews {
  /** A person is awaited: for an SKU, or because NetSuite refuses a document. */
  waits: boolean;
  /** There is something to do at once, and not only to wait for. */
  due: boolean;
  /** Its workflow has been told of it, so that it should run. */
  told: boolean;
}

/**
 * A page of them, ordered by their ids. None that is left alone, and none that is only planned: those are at their end until
 * the connection goes live.
 *
 * @param after the last id of the page before; empty for the first
 * @param only these orders, or all
 */
export async function unfinishedOrders(
  db: Database,
  connection: string,
  after: string,
  limit: number,
  only: readonly string[] | null = null,
): Promise<UnfinishedOrder[]> {
  const { rows } = await sql<{
    order_id: string;
    marketplace_id: string | null;
    state: OrderState | null;
    told: boolean;
    waits: boolean;
    due: boolean;
    shipments: string[] | null;
    refunds: string[] | null;
  }>`
    with unfinished as (
      select order_id from orders where connection = ${connection} and state = any(${UNFINISHED})
      union select s.order_id from shipments s join orders o using (connection, order_id)
        where s.connection = ${connection} and s.state in ('new', 'fulfilled') and o.state not in ('left-alone', 'planned', 'cancelled')
      union select r.order_id from refunds r left join orders o using (connection, order_id)
        where r.connection = ${connection} and r.state = 'new' and coalesce(o.state not in ('left-alone', 'planned'), ${ordersReadUpToRefund(connection)})),
    page as (
      select u.order_id, o.marketplace_id, o.state, o.status, o.currency, coalesce(o.told, true) as told,
        (select array_agg(s.shipment_key order by s.shipped_at, s.shipment_key) from shipments s where s.connection = ${connection} and s.order_id = u.order_id and s.state in ('new', 'fulfilled')) as shipments,
        (select array_agg(r.refund_key order by r.posted_at, r.refund_key) from refunds r where r.connection = ${connection} and r.order_id = u.order_id and r.state = 'new') as refunds
      from unfinished u left join orders o on o.connection = ${connection} and o.order_id = u.order_id
      where u.order_id > ${after} and (${only === null} or u.order_id = any(${only ?? []})) order by u.order_id limit ${limit})
    select order_id, marketplace_id, state, shipments, refunds,
      told and not exists (select 1 from shipments s where s.connection = ${connection} and s.order_id = page.order_id and not s.told)
        and not exists (select 1 from refunds r where r.connection = ${connection} and r.order_id = page.order_id and not r.told) as told,
      coalesce(state in ('waits', 'stopped'), false) or exists (select 1 from exceptions e where e.connection = ${connection} and e.closed_at is null
        and e.subject_kind = 'order' and e.subject_id = page.order_id and e.code in ('netsuite-refused', 'period-closed', 'document-differs', 'taxed-by-netsuite', 'tax-above-price'))
        or exists (select 1 from waits w where w.connection = ${connection} and w.kind = 'exception' and w.order_id = page.order_id) as waits,
      coalesce(state = 'seen' or (state = 'pending' and currency is not null) or (status = 'CANCELLED' and state in ('pending', 'ordered')), false)
        or (shipments is not null and coalesce(state in ('seen', 'ordered', 'billed'), false))
        -- A refund is posted once something of its order is billed.
        or (refunds is not null and (state is null or state = 'billed'
          or exists (select 1 from shipments s where s.connection = ${connection} and s.order_id = page.order_id and s.state = 'done'))) as due
    from page order by order_id`.execute(db);
  return rows.map((row) => ({
    orderId: row.order_id,
    marketplaceId: row.marketplace_id,
    state: row.state,
    orderNews: row.state !== null && row.state !== 'billed',
    shipments: row.shipments ?? [],
    refunds: row.refunds ?? [],
    waits: row.waits,
    due: row.due,
    told: row.told,
  }));
}

export async function unfinishedPayouts(
  db: Database,
  connection: string,
): Promise<{ settlementId: string; state: PayoutState }[]> {
  const rows = await db
    .selectFrom('settlements')
    .select(['settlement_id', 'state'])
    .where('connection', '=', connection)
    .where('state', 'not in', ENDED)
    .orderBy('period_start')
    .orderBy('settlement_id')
    .execute();
  return rows.map((row) => ({ settlementId: row.settlement_id, state: row.state }));
}
