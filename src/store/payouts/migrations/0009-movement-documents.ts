import { sql, type Kysely } from 'kysely';

/**
 * A movement may become several documents: each is written down with what it takes out of in transit. Rows that bring a
 * payout back are kept with the payout that they mean. Of a transfer: its day, and what a converter made of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table movement_documents (
      id serial primary key, connection text not null, external_id text not null, movement text not null, settlement_id text not null, kind text not null,
      debit text not null, credit text not null, amount bigint not null, currency text not null, cleared bigint not null, date date not null,
      bank_line text, found_by text not null, posted boolean not null, unique (connection, external_id));
    create index on movement_documents (connection, settlement_id);
    insert into movement_documents (connection, external_id, movement, settlement_id, kind, debit, credit, amount, currency, cleared, date, bank_line, found_by, posted)
      select m.connection, m.external_id, m.external_id, m.settlement_id, 'line', case m.kind when 'charge' then 'amazon-charges' else 'bank' end,
        case when m.kind = 'charge' then coalesce(b.account, 'card') else 'payouts-in-transit' end, abs(m.amount), m.currency, m.amount, m.date, m.bank_line,
        case when m.bank_line is null then 'status' else 'amount and date' end, m.state = 'posted'
      from movements m left join bank_lines b on b.connection = m.connection and b.line_key = m.bank_line where m.state in ('matched', 'posted');

    create table returned_payouts (
      connection text not null, settlement_id text not null, line int not null, amount bigint not null, currency text not null, posted_at timestamptz not null,
      movement text, primary key (connection, settlement_id, line));
    create unique index on returned_payouts (connection, movement);

    alter table event_groups add column transfer_at timestamptz, add column converted_total bigint, add column converted_currency text;
  `.execute(db);
}
