import type { Database } from './database.ts';

/** How far an intake has read: a high-water mark for each connection and source. */
export async function readMark(db: Database, connection: string, source: string): Promise<string | null> {
  const row = await db.selectFrom('marks').select('mark').where('connection', '=', connection).where('source', '=', source).executeTakeFirst();
  return row?.mark ?? null;
}

export async function writeMark(db: Database, connection: string, source: string, mark: string): Promise<void> {
  await db.insertInto('marks').values({ connection, source, mark }).onConflict((conflict) => conflict.columns(['connection', 'source']).doUpdateSet({ mark })).execute();
}

export async function forgetMark(db: Database, connection: string, source: string): Promise<void> {
  await db.deleteFrom('marks').where('connection', '=', connection).where('source', '=', source).execute();
}
