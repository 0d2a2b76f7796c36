import { sql, type Kysely } from 'kysely';

/**
 * What is deleted once its retention has passed leaves its name behind, so that nothing which comes late is booked again:
 * `settlements.purged_at` on the settlement itself, whose rows and file are gone; `purged_orders` for an order.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table settlements add column purged_at timestamptz;
    create table purged_orders (connection text not null, order_id text not null, purged_at timestamptz not null, primary key (connection, order_id));
    create index on exceptions (connection, closed_at) where closed_at is not null;
  `.execute(db);
}
