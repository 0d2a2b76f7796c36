import { sql, type Kysely } from 'kysely';

/**
 * How much of each line on an account of income or cost is whose: written with its document, and gone with it. Documents that are
 * there already are split when a month of theirs is worked out: `splits` is how many a document has, null until then. And each
 * month's profit as it was last worked out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table documents add column splits integer;
    create table splits (
      document text not null references documents (external_id) on delete cascade, ordinal integer not null, line integer not null,
      role text, item text, sku text, channel text not null, marketplace text, amount bigint, units integer,
      primary key (document, ordinal));
    create table profit_months (
      connection text not null, period text not null, evaluated_at timestamptz not null, profit jsonb not null,
      primary key (connection, period))`.execute(db);
}
