import { sql, type Kysely } from 'kysely';

/**
 * What a month is closed against: transactions of Finances, the orders that Amazon says were bought in it, Amazon's own
 * balances at its end, and of event groups whether they are open and what they began with. Nothing of a person is in them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table finance_transactions (
      connection text not null, transaction_id text not null, type text not null, description text, status text not null,
      posted_at text not null, order_id text, shipment_id text, group_id text, settlement_id text, releases text, released_by text,
      matures_at text, marketplace_name text, fulfilled_by text, currency text not null, total bigint not null, parts jsonb not null,
      earlier_totals jsonb not null default '[]', primary key (connection, transaction_id)
    )`.execute(db);
  await sql`create index finance_transactions_by_instant on finance_transactions (connection, posted_at)`.execute(db);
  await sql`create index finance_transactions_by_order on finance_transactions (connection, order_id)`.execute(db);
  await sql`create index finance_transactions_open on finance_transactions (connection, posted_at)
    where status = 'DEFERRED' or (status = 'RELEASED' and group_id is null)`.execute(db);
  await sql`
    create table month_orders (
      connection text not null, period text not null, asked_at text not null, read_at text not null, sha256 text not null, unreadable integer not null, orders jsonb not null,
      primary key (connection, period)
    )`.execute(db);
  await sql`
    create table amazon_balances (
      connection text not null, day text not null, number integer not null, marketplace_id text, account_type text not null,
      balance_type text not null, currency text not null, amount bigint not null, as_of text not null, asked_at text not null,
      primary key (connection, day, number)
    )`.execute(db);
  await sql`alter table event_groups add column processing_status text, add column beginning_balance bigint`.execute(
    db,
  );
}
