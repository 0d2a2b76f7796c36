import { sql, type Kysely } from 'kysely';

/** Rows of the ledger under an id in words (nothing was read before), what answers them, and what NetSuite says of the stock there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table ledger_rows;
    create table ledger_rows (
      connection text not null, row_id text not null, day text not null, fnsku text not null, sku text not null,
      event_type text not null, reason text not null, reference text not null, centre text not null, country text not null, disposition text not null,
      quantity int not null, asin text not null, title text not null, reconciled int, unreconciled int,
      pool text, origin text not null, seen text not null, taken_back text, opposes text, own jsonb,
      settled boolean not null default false,
      primary key (connection, row_id)
    );
    create index on ledger_rows (connection, day);
    create index on ledger_rows (connection, sku, day);
    create index on ledger_rows (connection, day) where not settled;

    create table stock_answers (
      id bigint generated always as identity primary key,
      connection text not null, row_id text not null, item text not null, units int not null,
      kind text not null, document text, line int, nothing_group text, nothing_day text,
      per_sku int not null, source text, astride jsonb, settled boolean not null default false
    );
    create index on stock_answers (connection, row_id);
    create index on stock_answers (connection, document, line);
    create index on stock_answers (connection) where not settled;

    create table stock_offsets (
      id bigint generated always as identity primary key,
      connection text not null, pool text not null, place text not null, item text not null, units int not null,
      document text not null, line int not null, against_document text not null, against_line int not null
    );
    create index on stock_offsets (connection);

    -- Units of rows that are settled: neither they nor what answers them is looked at again.
    create table stock_settled (
      connection text not null, pool text not null, item text not null, place text not null, units int not null,
      primary key (connection, pool, item, place)
    );

    create table stock_openings (connection text primary key, opening jsonb not null);

    create table stock_inbound_decided (
      id bigint generated always as identity primary key,
      connection text not null, decision text not null, shipment_id text not null, sku text not null, choice text not null, units int not null
    );
    create index on stock_inbound_decided (connection, shipment_id);

    create table stock_closures (
      id bigint generated always as identity primary key,
      connection text not null, authorisation text not null, order_id text not null, item text not null, units int not null, why text not null,
      closed_at text
    );
    create index on stock_closures (connection);

    -- What NetSuite said of a document of stock besides taking it: refused for want of units, or taken without raising them.
    create table stock_document_notes (
      connection text not null, external_id text primary key, short boolean not null default false, restocked boolean
    );

    create table stock_decisions (
      id bigint generated always as identity primary key,
      connection text not null, kind text not null, decision jsonb not null, day text not null,
      decided_by text not null, why text not null, at text not null
    );
    create index on stock_decisions (connection, kind);

    -- An item at a place at the end of a day: written where it is not what it was the day before.
    create table stock_standings (
      connection text not null, pool text not null, item text not null, place text not null, day text not null,
      amazon int not null, netsuite int not null, opening int not null, waiting int not null, ahead int not null, foreign_units int not null, gap int not null,
      parts jsonb not null,
      primary key (connection, pool, item, place, day)
    );

    -- The last run of planning: its day, what waits, where shipments stand.
    create table stock_runs (
      connection text primary key, day text, planned_at text not null, through text,
      waiting jsonb not null, inbound jsonb not null, gaps jsonb not null
    );

    -- NetSuite's stock as it was last read.
    create table stock_netsuite (connection text primary key, currency text not null, read_at text not null);
    create table stock_skus (
      connection text not null, sku text not null, item text not null, matched_on text not null,
      primary key (connection, sku)
    );
    create table stock_items (
      connection text not null, item text not null, netsuite_id text not null, members jsonb, uncountable text,
      last_purchase_price text, averages jsonb not null,
      primary key (connection, item)
    );
    create table stock_on_hand (
      connection text not null, location text not null, item text not null, on_hand int not null, committed int not null, available int not null,
      primary key (connection, location, item)
    );
    create table stock_authorisations (
      connection text not null, netsuite_id text not null, order_id text not null, day text not null, item text not null, open int not null,
      primary key (connection, netsuite_id, item)
    );
    create table stock_transfer_orders (
      connection text not null, netsuite_id text not null, shipment_id text not null, fulfilled text, open jsonb not null,
      primary key (connection, netsuite_id)
    );
    alter table netsuite_movements add column settled boolean not null default false;
    create index on netsuite_movements (connection) where not settled;
    -- At the end of a month before the days that are read one by one.
    alter table ledger_balances add column monthly boolean not null default false;
    alter table inbound_shipments add column sent text, add column closed text, add column told text;
  `.execute(db);
}
