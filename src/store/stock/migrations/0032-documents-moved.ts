import { sql, type Kysely } from 'kysely';

/** Documents of ours that NetSuite has on another day than they were posted on are looked at again: a person is asked about them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update netsuite_movements m set settled = false from documents d
      where m.settled and d.external_id = m.external_id and d.connection = m.connection and d.state = 'posted'
        and m.day <> d.date::text
  `.execute(db);
}
