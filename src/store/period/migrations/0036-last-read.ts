import { sql, type Kysely } from 'kysely';

/** What NetSuite was last asked and said, so that it can be shown without it: accounts at the end of a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table balances_on (
      connection text not null, day text not null, read_at timestamptz not null, standing jsonb not null,
      primary key (connection, day));
    create index on balances_on (connection, read_at);
  `.execute(db);
}
