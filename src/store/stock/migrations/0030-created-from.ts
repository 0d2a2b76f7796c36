import { sql, type Kysely } from 'kysely';

/** Of a fulfilment the sales order that it was made from; of what was read before none is known until NetSuite changes it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table netsuite_movements add column created_from text`.execute(db);
}
