import { sql, type Kysely } from 'kysely';

/** The few documents that put the tax of another one right are found by their order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index documents_tax_corrections on documents (connection, order_id) where plan ? 'corrects'`.execute(
    db,
  );
}
