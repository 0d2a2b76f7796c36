import { sql, type Kysely } from 'kysely';

/** When event groups began, chains that a controller opens; whether a settlement opens one is no longer kept, it is asked anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table event_groups add column started_at timestamptz;
    alter table settlements drop column opens_chain;
    create table opened_chains (
      connection text not null, settlement_id text not null, decided_by text not null, why text not null, audit int not null, decided_at timestamptz not null,
      primary key (connection, settlement_id));
  `.execute(db);
}
