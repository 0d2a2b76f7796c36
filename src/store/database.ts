/** The product's own memory: Postgres by kysely. `bigint` columns hold minor units and come back as `bigint`. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { withNamedStatements } from './named-statements.ts';
import type { Schema } from './schema.ts';

const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, (text) => BigInt(text));
pg.types.setTypeParser(DATE, (text) => text);
const TIMESTAMPTZ = 1184;
pg.types.setTypeParser(TIMESTAMPTZ, (text) => `${new Date(text).toISOString().slice(0, 19)}Z`);

export type Database = Kysely<Schema>;

export interface Store {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Of the Postgres that answers: `17.6`. */
export async function serverVersion(db: Database): Promise<string> {
  const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
  return rows[0]!.server_version;
}

/** A process that hangs inside a transaction keeps others from its rows; after this Postgres ends its session. */
const LONGEST_SILENCE = '5min';

export function openStore(url: string, options: { max?: number } = {}): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    options: `-c TimeZone=UTC -c idle_in_transaction_session_timeout=${LONGEST_SILENCE}`,
  });
  // Without handlers a connection that the server drops, idle or in use, would end the process; the query reports it.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withNamedStatements(pool), cursor: Cursor }) });
  return { db, pool, close: () => db.destroy() };
}
