/** Units of return authorisations that will not come: to be closed in NetSuite, and closed there. */
import type { Closure } from '../../domain/stock/kept-stock.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';

export interface KeptClosure extends Closure {
  id: bigint;
  /** When NetSuite had closed them; null: not yet. */
  closedAt: Instant | null;
}

/** All of an authorisation, closed or not, in the order in which they were written down. @param authorisation NetSuite's id */
export async function closuresOf(db: Database, connection: string, authorisation: string): Promise<KeptClosure[]> {
  const rows = await db
    .selectFrom('stock_closures')
    .selectAll()
    .where('connection', '=', connection)
    .where('authorisation', '=', authorisation)
    .orderBy('id')
    .execute();
  return rows.map(({ id, order_id: orderId, item, units, why, closed_at: closedAt }) => ({
    id,
    authorisation,
    orderId,
    item,
    units,
    why: why as Closure['why'],
    closedAt,
  }));
}

/** Units that NetSuite has not closed yet. */
export async function openClosures(
  db: Database,
  connection: string,
): Promise<{ authorisation: string; item: string; units: number }[]> {
  return db
    .selectFrom('stock_closures')
    .select(['authorisation', 'item', 'units'])
    .where('connection', '=', connection)
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** What was closed before keeps its time. */
export async function markClosed(db: Database, ids: readonly bigint[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('stock_closures')
    .set({ closed_at: at })
    .where('id', 'in', ids)
    .where('closed_at', 'is', null)
    .execute();
}
