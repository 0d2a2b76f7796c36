import { sql, type Kysely } from 'kysely';

/**
 * A key that a person named as a new spelling of a known one: `decisions.same_as` is the known key as a JSON array of three,
 * `settlement_rows.known_as` the same on each row that was classified by it (null: the row's own key is what it is).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table decisions add column same_as text;
    alter table settlement_rows add column known_as text;
  `.execute(db);
}
