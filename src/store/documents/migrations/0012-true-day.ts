import { sql, type Kysely } from 'kysely';

/** A document of a closed period may be booked on the first open day after it: `date` is that, `true_day` its own, null where they are one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table documents add column true_day date`.execute(db);
}
