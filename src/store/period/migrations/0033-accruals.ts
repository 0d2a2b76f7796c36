import { sql, type Kysely } from 'kysely';

/**
 * What controllers decided about accruals, which stays for ever, and in which months a settlement's journal makes parts: of those
 * that are planned already, by their documents.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table close_accruals (
      connection text not null, period text not null, currency text not null, choice text not null, amount bigint not null,
      transactions integer not null, decided_by text not null, why text not null, audit integer not null, at timestamptz not null,
      primary key (connection, period, currency));
    alter table settlements add column part_months jsonb not null default '[]';
    update settlements s set part_months = p.months from (
      select d.connection, d.settlement_id, jsonb_agg(distinct left(d.plan ->> 'date', 7)) as months
      from documents d join settlements of on of.connection = d.connection and of.settlement_id = d.settlement_id
      where d.purpose = 'JE' and d.business_key ~ ('^' || d.settlement_id || '(-r[0-9]+)?$')
        and left(d.plan ->> 'date', 7) < to_char(of.period_end at time zone 'UTC', 'YYYY-MM')
      group by d.connection, d.settlement_id) p
    where s.connection = p.connection and s.settlement_id = p.settlement_id`.execute(db);
}
