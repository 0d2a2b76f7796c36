/** What Postgres knows about the sizes of tables: without it a plan that fits a few rows meets many. */
import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Rows written at once from which on a table is analysed there and then: autovacuum looks once a minute, and the next step
 * comes at once. Fewer are read in any order without harm.
 */
const MANY_ROWS = 1000;

/** After `written` rows went into a table at once. It samples the table, whatever its length, and blocks no reader or writer. */
export async function analyseAfter(db: Database, table: 'settlement_rows', written: number): Promise<void> {
  if (written >= MANY_ROWS) await sql`analyze ${sql.table(table)}`.execute(db);
}

/**
 * Analyses the tables that hold something and have no statistics at all: those of a restored database, since `pg_dump`
 * carries none (PostgreSQL, pg_restore, *Notes*); the migrator's own few rows are left out. Returns their names. Reads only catalogues where there is nothing to do.
 */
export async function analyseUnknown(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and pg_relation_size(c.oid) > 0 and c.relname not like 'kysely\\_%'
      and not exists (select from pg_stats s where s.schemaname = current_schema() and s.tablename = c.relname) order by c.relname`.execute(
    db,
  );
  for (const { name } of rows) await sql`analyze ${sql.table(name)}`.execute(db);
  return rows.map(({ name }) => name);
}
