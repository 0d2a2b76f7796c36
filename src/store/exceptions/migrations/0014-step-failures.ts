import { sql, type Kysely } from 'kysely';

/** Steps that failed and have not worked since, by what they work on; `scheduled_ms` tells one run of a step from the next, `heard_ms` is when a try last said what went wrong. Milliseconds of real time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table step_failures (connection text not null, key text not null, workflow_id text not null, scheduled_ms bigint not null, first_failed_ms bigint not null, heard_ms bigint not null, attempt integer not null,
      primary key (connection, key));
  `.execute(db);
}
