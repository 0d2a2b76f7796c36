import type { Database } from './database.ts';

/** All of it or nothing: in the transaction that is open, else in one of its own. */
export function inTransaction<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
