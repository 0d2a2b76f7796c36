import { sql, type Kysely } from 'kysely';

/** How NetSuite showed a posted document when it was first read back, and what somebody altered since and a person has left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table document_reads (
      external_id text primary key references documents on delete cascade,
      sums jsonb, left_as text);
  `.execute(db);
}
