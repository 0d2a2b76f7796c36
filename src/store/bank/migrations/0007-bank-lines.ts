import { sql, type Kysely } from 'kysely';

/**
 * Lines of statements have a number by which people name them and the end of their account's number, which those stored
 * before do not know; and how a bank writes its CSV is remembered for an account. Keys of stored lines stay: movements
 * hold them, and whether a line is new is no longer told by its key.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table bank_lines add column account_tail text, add column number int;
    update bank_lines b set number = o.number
      from (select connection, line_key, row_number() over (order by date, connection, line_key) as number from bank_lines) o
      where o.connection = b.connection and o.line_key = b.line_key;
    create sequence bank_line_numbers as int owned by bank_lines.number;
    select setval('bank_line_numbers', (select coalesce(max(number), 0) + 1 from bank_lines), false);
    alter table bank_lines alter column number set default nextval('bank_line_numbers'), alter column number set not null, add unique (number);
    create index on bank_lines (connection, account, date);

    create table statement_forms (connection text not null, account text not null, form jsonb not null, primary key (connection, account));
  `.execute(db);
}
