import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Those of some orders that were deleted when their retention had passed. */
export async function purgedAmong(db: Database, connection: string, orderIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    order_id: string;
  }>`select order_id from purged_orders where connection = ${connection} and order_id = any(${[...orderIds]})`.execute(
    db,
  );
  return new Set(rows.map((row) => row.order_id));
}

/** Ids of all orders and settlements of a connection whose documents were deleted. */
export async function purgedIds(
  db: Database,
  connection: string,
): Promise<{ orders: Set<string>; settlements: Set<string> }> {
  const orders = await db.selectFrom('purged_orders').select('order_id').where('connection', '=', connection).execute();
  const settlements = await db
    .selectFrom('settlements')
    .select('settlement_id')
    .where('connection', '=', connection)
    .where('purged_at', 'is not', null)
    .execute();
  return {
    orders: new Set(orders.map((row) => row.order_id)),
    settlements: new Set(settlements.map((row) => row.settlement_id)),
  };
}
