import { sql, type Kysely } from 'kysely';

/** Reports issued again, differences that a person has settled, payments by their own external id, what waits is worth, and the lines of Sales Orders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table settlement_revisions (
      connection text not null, settlement_id text not null, revision int not null, sha256 text not null, header jsonb not null,
      state text not null, found_at timestamptz not null, primary key (connection, settlement_id, revision));

    create table settled_differences (
      connection text not null, settlement_id text not null, document text not null, ordinal int not null, number int, choice text not null,
      amount bigint not null, decided_by text not null, why text, audit int not null, decided_at timestamptz not null,
      primary key (connection, settlement_id, document, ordinal));
    create index on settled_differences (connection, document);

    alter table applications add column payment text;
    update applications set payment = 'AMZ_' || connection || '_' || kind || '_' || settlement_id || '_' || part where part is not null;
    alter table applications add column cause text not null default 'rows';
    alter table applications drop constraint applications_pkey, drop column part;
    alter table applications add primary key (connection, settlement_id, document, cause);
    alter table waits add column amount bigint, add column currency text;
    alter table documents add column lines jsonb, add column lines_at timestamptz;
    create index on applications (connection, document);
    create index on settlement_rows (connection, document);
  `.execute(db);
}
