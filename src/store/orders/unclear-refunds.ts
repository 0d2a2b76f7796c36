/** Refunds that Finances told with a part that nobody knows, by their transaction. */
import { sql } from 'kysely';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

/** False where it was kept before. */
export async function keepUnclear(db: Database, connection: string, refund: RefundFact): Promise<boolean> {
  const kept = await db
    .insertInto('unclear_refunds')
    .values({
      connection,
      transaction_id: refund.transactionId,
      order_id: refund.orderId,
      posted_at: refund.postedAt,
      fact: factToJson(refund),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

export async function unclearOfOrder(db: Database, connection: string, orderId: string): Promise<RefundFact[]> {
  const rows = await db
    .selectFrom('unclear_refunds')
    .select('fact')
    .where('connection', '=', connection)
    .where('order_id', '=', orderId)
    .orderBy('posted_at')
    .orderBy('transaction_id')
    .execute();
  return rows.map(({ fact }) => factFromJson<RefundFact>(fact));
}

/** Those of some orders that have any. */
export async function ordersWithUnclear(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const rows = await db
    .selectFrom('unclear_refunds')
    .select('order_id')
    .distinct()
    .where('connection', '=', connection)
    .where('order_id', 'in', [...orderIds])
    .orderBy('order_id')
    .execute();
  return rows.map((row) => row.order_id);
}

/** Those of sales that another system owns, by what the order or the rows of a settlement say since. */
export async function unclearOfOthers(db: Database, connection: string): Promise<RefundFact[]> {
  const { rows } = await sql<{ fact: unknown }>`
    select u.fact from unclear_refunds u where u.connection = ${connection}
      and (exists (select 1 from orders o where o.connection = u.connection and o.order_id = u.order_id and o.state = 'left-alone')
        or exists (select 1 from settlement_rows s where s.connection = u.connection and s.order_id = u.order_id and lower(s.transaction_type) = 'refund' and s.booked = 'merchant-orders'))
    order by u.transaction_id`.execute(db);
  return rows.map(({ fact }) => factFromJson<RefundFact>(fact));
}

/** Those among some transactions that are unclear no more. */
export async function dropUnclear(
  db: Database,
  connection: string,
  transactions: readonly string[],
): Promise<RefundFact[]> {
  const rows = await db
    .deleteFrom('unclear_refunds')
    .where('connection', '=', connection)
    .where('transaction_id', 'in', [...transactions])
    .returning('fact')
    .execute();
  return rows.map(({ fact }) => factFromJson<RefundFact>(fact));
}
