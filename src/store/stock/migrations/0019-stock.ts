import { sql, type Kysely } from 'kysely';

/** What Amazon's ledger and the reports around it say, what answers it, and what NetSuite moved at our locations. Kept for ever. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ledger_rows (
      connection text not null, row_id bigint generated always as identity primary key,
      day text not null, fnsku text not null, sku text not null, event_type text not null, reason text not null, reference text not null,
      centre text not null, country text not null, disposition text not null, quantity int not null, alike int not null,
      asin text not null, title text not null, reconciled int, unreconciled int,
      seen_at text not null, taken_back text, opposite_of bigint references ledger_rows,
      unique nulls not distinct (connection, day, fnsku, sku, event_type, reason, reference, centre, country, disposition, quantity, alike, opposite_of)
    );
    create index on ledger_rows (connection, sku, day);

    create table ledger_balances (
      connection text not null, day text not null, fnsku text not null, sku text not null, disposition text not null, country text not null,
      asin text not null, starting int not null, in_transit int not null, ending int not null, events int not null,
      primary key (connection, day, fnsku, sku, disposition, country)
    );
    create index on ledger_balances (connection, sku, day);

    create table ledger_days (
      connection text not null, day text not null, digest text not null, rows int not null, summary_at text,
      primary key (connection, day)
    );

    create table stock_report_lines (
      connection text not null, report text not null, line_key text not null, day text not null, sku text not null, fact jsonb not null,
      primary key (connection, report, line_key)
    );
    create index on stock_report_lines (connection, report, day);


    create table inbound_shipments (
      connection text not null, shipment_id text not null, pool text not null, name text not null, status text not null, destination text not null,
      items jsonb not null, first_seen text not null, changed_at text not null,
      primary key (connection, shipment_id)
    );

    create table stock_snapshots (
      connection text not null, pool text not null, taken_at text not null, rows jsonb not null,
      primary key (connection, pool)
    );

    create table netsuite_movements (
      connection text not null, netsuite_id text not null, line int not null, type text not null, tran_id text not null, external_id text,
      memo text not null, day text not null, item text not null, location text not null, units numeric not null,
      primary key (connection, netsuite_id, line)
    );
    create index on netsuite_movements (connection, item, location, day);
  `.execute(db);
}
