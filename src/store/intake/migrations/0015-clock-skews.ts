import { sql, type Kysely } from 'kysely';

/** By how many milliseconds the clock of Amazon, NetSuite or Postgres is ahead of ours (negative: behind), as last measured. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table clock_skews (
      connection text not null, vendor text not null, skew_ms bigint not null, measured_at timestamptz not null, primary key (connection, vendor))`.execute(
    db,
  );
}
