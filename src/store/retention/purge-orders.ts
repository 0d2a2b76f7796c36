/** Orders whose retention has passed, each with all that is kept of it or not at all. */
import { sql } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Database } from '../database.ts';
import { aloneOnOrders } from '../orders/order-lock.ts';

/** @param after the last order of the batch before, `''` at first · `last` is null after the last batch */
export interface PurgedBatch {
  last: string | null;
  purged: number;
}

/**
 * Looks at the next orders of a connection, in the order of their ids, and deletes those that ended before an instant:
 * billed, cancelled or another's, with every shipment and refund done and every document posted, each invoice and credit
 * memo settled to the cent, and every settlement that names it ended, too. What is open, or what a later payout or tie-out
 * still needs, stays, however old it is. Alone on them, in one transaction.
 */
export async function purgeOrders(
  db: Database,
  connection: string,
  before: string,
  now: string,
  after: string,
  atOnce: number,
): Promise<PurgedBatch> {
  const { rows: next } = await sql<{ order_id: string }>`
    (select order_id from orders where connection = ${connection} and order_id > ${after} and updated_at < ${before} order by order_id limit ${atOnce})
    union (select distinct order_id from shipments where connection = ${connection} and order_id > ${after} and shipped_at < ${before} order by order_id limit ${atOnce})
    union (select distinct order_id from refunds where connection = ${connection} and order_id > ${after} and posted_at < ${before} order by order_id limit ${atOnce})
    order by order_id limit ${atOnce}`.execute(db);
  const ids = next.map((row) => row.order_id);
  if (ids.length === 0) return { last: null, purged: 0 };
  const purged = await aloneOnOrders(db, connection, ids, async (tx) => {
    const over = await endedBefore(tx, connection, ids, before);
    if (over.length === 0) return 0;
    await sql`delete from refund_transactions t using refunds r where r.connection = ${connection} and r.order_id = any(${over}) and t.connection = r.connection and t.refund_key = r.refund_key`.execute(
      tx,
    );
    for (const table of ['refunds', 'shipments', 'documents', 'tax_moves', 'orders'] as const)
      await sql`delete from ${sql.table(table)} where connection = ${connection} and order_id = any(${over})`.execute(
        tx,
      );
    await sql`insert into purged_orders (connection, order_id, purged_at) select ${connection}, id, ${now} from unnest(${over}::text[]) as gone(id) on conflict do nothing`.execute(
      tx,
    );
    return over.length;
  });
  return { last: ids.length < atOnce ? null : ids.at(-1)!, purged };
}

/** Of some orders those that are still there and have ended, with all that is theirs, before an instant. */
async function endedBefore(
  tx: Database,
  connection: string,
  ids: readonly string[],
  before: string,
): Promise<string[]> {
  const { rows } = await sql<{ order_id: string }>`
    select k.order_id from unnest(${[...ids]}::text[]) as k(order_id) left join orders o on o.connection = ${connection} and o.order_id = k.order_id
    where (o.order_id is not null or exists (select from shipments s where s.connection = ${connection} and s.order_id = k.order_id) or exists (select from refunds r where r.connection = ${connection} and r.order_id = k.order_id))
      and (o.order_id is null or (o.state in ('billed', 'cancelled', 'left-alone') and (o.told or o.state = 'left-alone') and greatest(o.purchased_at, o.updated_at) < ${before}))
      and not exists (select from shipments s where s.connection = ${connection} and s.order_id = k.order_id
        and (s.shipped_at >= ${before} or (o.state is distinct from 'left-alone' and (s.state not in ('done', 'earlier') or not s.told))))
      and not exists (select from refunds r where r.connection = ${connection} and r.order_id = k.order_id
        and (r.posted_at >= ${before} or (o.state is distinct from 'left-alone' and (r.state not in ('done', 'claim', 'left-alone') or not r.told))))
      and not exists (select from unclear_refunds u where u.connection = ${connection} and u.order_id = k.order_id)
      and not exists (select from documents d where d.connection = ${connection} and d.order_id = k.order_id and (d.state <> 'posted' or d.posted_at is null or d.posted_at >= ${before}
        or (d.purpose = any(${SALES_PURPOSES}) and d.total <> (select coalesce(sum(a.amount) filter (where a.applied), 0) from applications a where a.connection = d.connection and a.document = d.external_id))))
      and not exists (select from settlement_rows w join settlements s on s.connection = w.connection and s.settlement_id = w.settlement_id
        where w.connection = ${connection} and w.order_id = k.order_id and (s.state not in ('tied', 'left-alone') or s.deposit_at >= ${before} or coalesce(s.tied_at, s.found_at) >= ${before}))
      and not exists (select from exceptions e where e.connection = ${connection} and e.closed_at is null and e.subject_kind = 'order' and e.subject_id = k.order_id)
      and not exists (select from waits w where w.connection = ${connection} and w.order_id = k.order_id)`.execute(tx);
  return rows.map((row) => row.order_id);
}
