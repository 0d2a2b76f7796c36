import { sql, type Kysely } from 'kysely';

/**
 * What workers know together about the vendors' limits. `netsuite_slots` is the number of slots as of the last refusal
 * (no row: never refused); `netsuite_refusals` counts refusals by the minute; `amazon_polls` is the bucket of
 * `searchOrders` at the last poll, `counted_at` on Amazon's clock and `polled_at` on ours.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table netsuite_slots (account text primary key, allowed int not null, halved_at timestamptz not null, refused_at timestamptz not null);
    create table netsuite_refusals (account text not null, minute timestamptz not null, calls int not null, primary key (account, minute));
    create table amazon_polls (
      connection text primary key, tokens float8 not null, rate float8 not null, counted_at timestamptz not null, polled_at timestamptz not null);
  `.execute(db);
}
