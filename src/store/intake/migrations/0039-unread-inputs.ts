import { sql, type Kysely } from 'kysely';

/**
 * Documents of Amazon's that could not be read, and when each is asked for again (`again_at`, Amazon's time; null: with its
 * listing). `span`: the time of the settlement that it tells of. A row goes with the first reading that works.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table unread_inputs (
      connection text not null, key text not null, tries integer not null, again_at timestamptz, document_id text,
      span_start timestamptz, span_end timestamptz, primary key (connection, key))`.execute(db);
}
