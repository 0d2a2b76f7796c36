import { sql, type Kysely } from 'kysely';

/** What Amazon had received of inbound shipments before stock began, by day: read once of the ledger, and small. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stock_receipts_before (
      connection text not null,
      shipment_id text not null,
      sku text not null,
      day text not null,
      units integer not null,
      primary key (connection, shipment_id, sku, day)
    );
  `.execute(db);
}
