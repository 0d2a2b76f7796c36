import { sql } from 'kysely';
import type { Database } from '../database.ts';

/**
 * One transaction over the stock of a connection that no other of these runs beside: planning reads what is kept and adds to
 * it, and two that ran together would answer one row twice.
 */
export function aloneOnStock<T>(db: Database, connection: string, work: (tx: Database) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('stock ' || ${connection}, 0))`.execute(tx);
    return work(tx);
  });
}
