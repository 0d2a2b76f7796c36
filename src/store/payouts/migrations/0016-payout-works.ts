import { sql, type Kysely } from 'kysely';

/** `posted` meant at work, too; it is said of documents and movements alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update settlements set state = 'works' where state = 'posted'`.execute(db);
}
