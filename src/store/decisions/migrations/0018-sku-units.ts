import { sql, type Kysely } from 'kysely';

/** A SKU is an item and a number of units of it; what was decided before is one, as is every amount. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table decisions add column units int not null default 1`.execute(db);
}
