import { sql, type Kysely } from 'kysely';

/** What NetSuite was last asked and said, so that it can be shown without it: accounts at the end of a day, checks of a payout. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table balances_on (
      connection text not null, day text not null, read_at timestamptz not null, standing jsonb not null,
      primary key (connection, day));
    create index on balances_on (connection, read_at);
    create table payout_checks (
      connection text not null, settlement_id text not null, checked_at timestamptz not null, run jsonb not null,
      primary key (connection, settlement_id));
  `.execute(db);
}
