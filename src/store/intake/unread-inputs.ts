/** What of Amazon's could not be read and is asked for again: small, and gone with the first reading that works. */
import type { Database } from '../database.ts';

export interface UnreadInput {
  /** Under which it is raised. */
  key: string;
  /** How often it was asked for in vain. */
  tries: number;
  /** Amazon's time from which on it is asked for again; null: with the listing that tells of it. */
  againAt: string | null;
  documentId: string | null;
  /** The time of the settlement that it tells of. */
  span: { start: string; end: string } | null;
}

export async function unreadInputs(db: Database, connection: string, beginning = ''): Promise<UnreadInput[]> {
  const rows = await db
    .selectFrom('unread_inputs')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('key')
    .execute();
  return rows
    .filter(({ key }) => key.startsWith(beginning))
    .map((row) => ({
      key: row.key,
      tries: row.tries,
      againAt: row.again_at,
      documentId: row.document_id,
      span: row.span_start !== null && row.span_end !== null ? { start: row.span_start, end: row.span_end } : null,
    }));
}

export async function noteUnread(db: Database, connection: string, input: UnreadInput): Promise<void> {
  const values = {
    tries: input.tries,
    again_at: input.againAt,
    document_id: input.documentId,
    span_start: input.span?.start ?? null,
    span_end: input.span?.end ?? null,
  };
  await db
    .insertInto('unread_inputs')
    .values({ connection, key: input.key, ...values })
    .onConflict((conflict) => conflict.columns(['connection', 'key']).doUpdateSet(values))
    .execute();
}

export async function forgetUnread(db: Database, connection: string, key: string): Promise<void> {
  await db.deleteFrom('unread_inputs').where('connection', '=', connection).where('key', '=', key).execute();
}
