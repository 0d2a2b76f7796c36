import { sql, type Kysely } from 'kysely';

/** What was carried, finding by finding; of what was carried before this the causes alone are known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table close_carried add column findings jsonb`.execute(db);
}
