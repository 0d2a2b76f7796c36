import { sql, type Kysely } from 'kysely';

/**
 * Tax that a person moves between jurisdictions, and Amazon's invoices for fees that a person enters: few rows, found by their
 * order or their number, and by their day. Invoices stay: a hundred a year, and the return stands on them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tax_moves (
      connection text not null, order_id text not null, number int not null,
      moved_from text not null, moved_to text not null, event text not null, currency text not null, items jsonb not null,
      document text not null, journalled boolean not null, day date not null, decided_by text not null, at text not null, audit int not null,
      primary key (connection, order_id, number)
    );
    create index on tax_moves (connection, day);
    create table fee_invoices (
      connection text not null, number text not null, day date not null, marketplace text not null, jurisdiction text not null,
      role text not null, treatment text not null, currency text not null, net bigint not null, tax bigint not null,
      document text, decided_by text not null, at text not null, audit int not null,
      primary key (connection, number)
    );
    create index on fee_invoices (connection, day);
  `.execute(db);
}
