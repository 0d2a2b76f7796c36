import { sql } from 'kysely';
import type { Database } from '../database.ts';

/**
 * One transaction over some orders that no other of these runs beside: whoever gives the first word about a refund (its
 * memo, or the claim that a journal owns) reads and says it alone. An order need not be known, so the lock is Postgres's
 * own on its name; several are taken in one order, so that no two wait for each other.
 */
export function aloneOnOrders<T>(
  db: Database,
  connection: string,
  orderIds: readonly string[],
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    if (orderIds.length > 0) {
      await sql`select pg_advisory_xact_lock(name) from (
        select distinct hashtextextended('order ' || ${connection} || ' ' || id, 0) as name from unnest(${[...orderIds]}::text[]) as known(id) order by name) as names`.execute(
        tx,
      );
    }
    return work(tx);
  });
}
