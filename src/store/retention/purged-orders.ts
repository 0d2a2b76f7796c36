import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Those of some orders that were deleted when their retention had passed. */
export async function purgedAmong(db: Database, connection: string, orderIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ order_id: string }>`select order_id from purged_orders where connection = ${connection} and order_id = any(${[...orderIds]})`.execute(db);
  return new Set(rows.map((row) => row.order_id));
}
