import { sql, type Kysely } from 'kysely';

/** Tax that a person moves between jurisdictions: few rows, found by their order or their day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tax_moves (
      connection text not null, order_id text not null, number int not null,
      moved_from text not null, moved_to text not null, event text not null, currency text not null, items jsonb not null,
      document text not null, journalled boolean not null, day date not null, decided_by text not null, at text not null, audit int not null,
      primary key (connection, order_id, number)
    );
    create index on tax_moves (connection, day);
  `.execute(db);
}
