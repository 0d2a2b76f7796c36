import { sql, type Kysely } from 'kysely';

/** A side of a set-off that no other account answers, put on `variance` by a controller. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table settled_set_offs (
      connection text not null, settlement_id text not null, number int not null, amount bigint not null, decided_by text not null, why text not null, audit int not null,
      decided_at timestamptz not null, primary key (connection, settlement_id, number));
  `.execute(db);
}
