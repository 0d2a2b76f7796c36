import { sql, type Kysely } from 'kysely';

/** Amazon's VAT report of a month, as far as it is compared: no name, address or number of a buyer is in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table vat_reports (
      connection text not null, month text not null, made_at text not null, rows jsonb not null,
      primary key (connection, month)
    )`.execute(db);
}
