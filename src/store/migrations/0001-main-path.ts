import { sql, type Kysely } from 'kysely';

/** Tables of the main path: orders and payouts, from Amazon to NetSuite to the bank. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table orders (
      connection text not null, order_id text not null, status text not null, channel text not null, fulfilled_by text not null,
      marketplace_id text not null, currency text, purchased_at timestamptz not null, updated_at timestamptz not null,
      fact jsonb not null, state text not null, blocked_by text, told boolean not null, primary key (connection, order_id));
    create index on orders (connection, state);

    create table shipments (
      connection text not null, shipment_key text not null, order_id text not null, shipment_id text, shipped_at timestamptz not null,
      fact jsonb not null, state text not null, told boolean not null, primary key (connection, shipment_key));
    create index on shipments (connection, order_id);

    create table refunds (
      connection text not null, refund_key text not null, order_id text not null, transaction_id text not null, posted_at timestamptz not null,
      fact jsonb not null, state text not null, told boolean not null, primary key (connection, refund_key), unique (connection, transaction_id));
    create index on refunds (connection, order_id);

    create table documents (
      external_id text primary key, connection text not null, purpose text not null, business_key text not null, part int not null,
      record_type text not null, state text not null, attempt int not null, netsuite_id text, tran_id text, date date not null,
      currency text not null, total bigint not null, order_id text, settlement_id text, plan jsonb not null, failure text,
      sent_at timestamptz, posted_at timestamptz);
    create index on documents (connection, order_id);
    create index on documents (connection, settlement_id);

    create table files (sha256 text primary key, upload text not null, name text not null, size bigint not null, received_at timestamptz not null);
    create table file_chunks (upload text not null, ordinal int not null, bytes bytea not null, primary key (upload, ordinal));

    create table settlements (
      connection text not null, settlement_id text not null, revision int not null, sha256 text not null, state text not null,
      currency text not null, total bigint not null, period_start timestamptz not null, period_end timestamptz not null,
      deposit_at timestamptz not null, variant text not null, columns int not null, row_count int not null, map_version int,
      opens_chain boolean, found_at timestamptz not null, tied_at timestamptz, primary key (connection, settlement_id));

    create table settlement_rows (
      connection text not null, settlement_id text not null, line int not null, ordinal int not null,
      transaction_type text not null, amount_type text not null, amount_description text not null, amount bigint not null,
      order_id text, shipment_id text, marketplace_name text, fulfillment_id text, posted_at timestamptz not null,
      order_item_code text, sku text, quantity int, role text, booked text, part int, document text,
      primary key (connection, settlement_id, line, ordinal));
    create index on settlement_rows (connection, settlement_id, order_id);
    create index on settlement_rows (connection, order_id);

    create table applications (
      connection text not null, settlement_id text not null, document text not null, kind text not null, amount bigint not null,
      part int, applied boolean not null default false, primary key (connection, settlement_id, document));

    create table movements (
      connection text not null, external_id text not null, settlement_id text not null, kind text not null, amount bigint not null,
      currency text not null, trace_id text, bank_line text, date date, state text not null, posted_on date not null,
      primary key (connection, external_id));

    create table bank_lines (
      connection text not null, line_key text not null, account text not null, date date not null, amount bigint not null,
      currency text not null, description text not null, transaction_id text, movement text, primary key (connection, line_key));

    create table event_groups (
      connection text not null, group_id text not null, currency text not null, total bigint, ended_at timestamptz,
      status text, trace_id text, account_tail text, primary key (connection, group_id));

    create table decisions (
      id serial primary key, connection text not null, kind text not null, key text not null, spelled text not null, choice text not null,
      decided_by text not null, why text, decided_at timestamptz not null, unique (connection, kind, key));

    create table waits (
      connection text not null, kind text not null, key text not null, workflow_id text not null, since timestamptz not null,
      primary key (connection, kind, key, workflow_id));

    create table exceptions (
      id serial primary key, connection text not null, code text not null, key text not null, owner text not null,
      what text not null, act text not null, at_stake bigint, currency text, subject text not null, opened_at timestamptz not null,
      closed_at timestamptz, resolution text, unique (connection, code, key));

    create table marks (connection text not null, source text not null, mark text not null, primary key (connection, source));

    create table audit (
      id serial primary key, connection text not null, action text not null, detail jsonb not null, decided_by text not null,
      why text, at timestamptz not null);
    create rule audit_is_append_only_update as on update to audit do instead nothing;
    create rule audit_is_append_only_delete as on delete to audit do instead nothing;
  `.execute(db);
}
