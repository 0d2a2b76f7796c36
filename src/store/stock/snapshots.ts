/** What is at Amazon now, by pool: the last snapshot that was whole. */
import type { Instant } from '../../domain/money/instant.ts';
import type { SnapshotRow } from '../../domain/stock/stock-facts.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface Snapshot {
  takenAt: Instant;
  rows: SnapshotRow[];
}

export async function saveSnapshot(
  db: Database,
  connection: string,
  pool: string,
  { takenAt, rows }: Snapshot,
): Promise<void> {
  const values = { taken_at: takenAt, rows: factToJson(rows) };
  await db
    .insertInto('stock_snapshots')
    .values({ connection, pool, ...values })
    .onConflict((conflict) => conflict.columns(['connection', 'pool']).doUpdateSet(values))
    .execute();
}

export async function loadSnapshot(db: Database, connection: string, pool: string): Promise<Snapshot | null> {
  const row = await db
    .selectFrom('stock_snapshots')
    .select(['taken_at', 'rows'])
    .where('connection', '=', connection)
    .where('pool', '=', pool)
    .executeTakeFirst();
  return row ? { takenAt: row.taken_at, rows: factFromJson<SnapshotRow[]>(row.rows) } : null;
}
