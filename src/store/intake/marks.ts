import type { Database } from '../database.ts';

/** How far an intake has read: a high-water mark for each connection and source. */
export async function readMark(db: Database, connection: string, source: string): Promise<string | null> {
  const row = await db
    .selectFrom('marks')
    .select('mark')
    .where('connection', '=', connection)
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.mark ?? null;
}

export async function writeMark(db: Database, connection: string, source: string, mark: string): Promise<void> {
  await db
    .insertInto('marks')
    .values({ connection, source, mark })
    .onConflict((conflict) => conflict.columns(['connection', 'source']).doUpdateSet({ mark }))
    .execute();
}

/** Moves a mark on from where a reading began. Where somebody has moved it since, that stands, and this reading proves nothing. */
export async function moveMark(
  db: Database,
  connection: string,
  source: string,
  from: string | null,
  to: string,
): Promise<void> {
  if (from === null)
    await db
      .insertInto('marks')
      .values({ connection, source, mark: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await db
      .updateTable('marks')
      .set({ mark: to })
      .where('connection', '=', connection)
      .where('source', '=', source)
      .where('mark', '=', from)
      .execute();
}

/** The mark, and nobody moves it before this transaction ends. */
export async function lockMark(tx: Database, connection: string, source: string): Promise<string | null> {
  const row = await tx
    .selectFrom('marks')
    .select('mark')
    .where('connection', '=', connection)
    .where('source', '=', source)
    .forUpdate()
    .executeTakeFirst();
  return row?.mark ?? null;
}

/** Sources and their marks. */
export async function allMarks(db: Database, connection: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('marks')
    .select(['source', 'mark'])
    .where('connection', '=', connection)
    .where('source', 'not like', 'report:%')
    .execute();
  return new Map(rows.map(({ source, mark }) => [source, mark]));
}

export async function forgetMark(db: Database, connection: string, source: string): Promise<void> {
  await db.deleteFrom('marks').where('connection', '=', connection).where('source', '=', source).execute();
}
