/** Rows by which earlier payouts came back, and the movements that they are. */
import type { ReturnedRow } from '../../domain/matching/link-returned.ts';
import type { Database } from '../database.ts';
import { sql } from 'kysely';

export interface StoredReturnedRow extends ReturnedRow {
  movement: string | null;
}

/** Rows by which earlier payouts came back; of one settlement, or all. */
export async function returnedRows(
  db: Database,
  connection: string,
  settlementId?: string,
): Promise<StoredReturnedRow[]> {
  let query = db
    .selectFrom('returned_payouts')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('posted_at')
    .orderBy('settlement_id')
    .orderBy('line');
  if (settlementId !== undefined) query = query.where('settlement_id', '=', settlementId);
  return (await query.execute()).map((row) => ({
    settlementId: row.settlement_id,
    line: row.line,
    amount: row.amount,
    currency: row.currency,
    postedAt: row.posted_at,
    movement: row.movement,
  }));
}

/** What the report of a settlement says it brings back takes the place of what an earlier issue of it said; rows that say the same keep their payout. */
export async function replaceReturnedRows(
  db: Database,
  connection: string,
  settlementId: string,
  rows: readonly ReturnedRow[],
): Promise<void> {
  const known = await returnedRows(db, connection, settlementId);
  await db
    .deleteFrom('returned_payouts')
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .execute();
  for (const row of rows) {
    const same = known.findIndex((before) => before.amount === row.amount && before.postedAt === row.postedAt);
    const [before] = same < 0 ? [] : known.splice(same, 1);
    await db
      .insertInto('returned_payouts')
      .values({
        connection,
        settlement_id: settlementId,
        line: row.line,
        amount: row.amount,
        currency: row.currency,
        posted_at: row.postedAt,
        movement: before?.movement ?? null,
      })
      .execute();
  }
  // What no row brings back any more is where it was before.
  for (const { movement } of known) {
    if (movement === null) continue;
    await sql`update movements m set state = case when exists (select 1 from movement_documents d where d.connection = m.connection and d.movement = m.external_id
      group by d.movement having sum(d.cleared) <> 0) then 'posted' else 'expected' end where m.connection = ${connection} and m.external_id = ${movement} and m.state = 'returned'`.execute(
      db,
    );
  }
}

/** False when another row brought that payout back meanwhile, or this one another. */
export async function linkReturnedRow(
  db: Database,
  connection: string,
  { settlementId, line }: ReturnedRow,
  movement: string,
): Promise<boolean> {
  const { rows } = await sql`
    update returned_payouts set movement = ${movement} where connection = ${connection} and settlement_id = ${settlementId} and line = ${line} and movement is null
      and not exists (select 1 from returned_payouts o where o.connection = ${connection} and o.movement = ${movement}) returning line`.execute(
    db,
  );
  return rows.length === 1;
}
