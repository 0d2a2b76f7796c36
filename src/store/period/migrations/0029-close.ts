import { sql, type Kysely } from 'kysely';

/**
 * The close: each month as it was last worked out, what controllers carried, and signatures, which are only added to (a
 * reopened one is marked, and a second one stands beside it).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table close_months (
      connection text not null, period text not null, evaluated_at timestamptz not null, close jsonb not null, standing jsonb,
      primary key (connection, period));
    create table close_carried (
      id bigint generated always as identity primary key, connection text not null, period text not null, item text not null,
      currency text, amount bigint not null, causes jsonb not null, decided_by text not null, why text not null, audit integer not null, at timestamptz not null);
    create index on close_carried (connection, period);
    create table close_openings (
      connection text not null, account text not null, currency text not null, amount bigint not null, decided_by text not null,
      why text not null, audit integer not null, at timestamptz not null,
      primary key (connection, account, currency));
    create table close_signatures (
      connection text not null, period text not null, number integer not null, document text not null, hash text not null,
      late jsonb not null, signer text not null, comment text not null, audit integer not null, at timestamptz not null,
      reopened_by text, reopened_why text, reopened_at timestamptz,
      primary key (connection, period, number));
    create function signature_stays() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' or (new.document, new.hash, new.number, new.signer, new.at) is distinct from (old.document, old.hash, old.number, old.signer, old.at)
        or old.reopened_at is not null then
        raise exception 'a signature stays as it is' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$;
    create trigger signature_stays before update or delete on close_signatures for each row execute function signature_stays();
  `.execute(db);
}
