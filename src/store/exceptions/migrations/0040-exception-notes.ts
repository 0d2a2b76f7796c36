import { sql, type Kysely } from 'kysely';

/**
 * What people wrote about an exception (console.md, *Actions*). `opened`: how often it has been opened, so that what was said
 * of one opening is not said of the next, and `reopened_at` since when it is open where that is not the first time.
 * `comes_back_at`: the beginning of the day until which it is snoozed. A note goes with its exception.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table exceptions add column opened integer not null default 1, add column reopened_at timestamptz;
    create table exception_notes (
      audit integer primary key, exception integer not null references exceptions (id) on delete cascade, opened integer not null,
      by text not null, why text not null, at timestamptz not null, reason text, reference text, assignee text,
      snoozed_until text, comes_back_at timestamptz);
    create index on exception_notes (exception);
  `.execute(db);
}
