import { sql, type Kysely } from 'kysely';

/** Refunds that Finances tells with a part that nobody knows, each by its transaction, until it is told in full or booked from rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table unclear_refunds (connection text not null, transaction_id text not null, order_id text not null, posted_at timestamptz not null, fact jsonb not null, primary key (connection, transaction_id));
    create index on unclear_refunds (connection, order_id);
  `.execute(db);
}
