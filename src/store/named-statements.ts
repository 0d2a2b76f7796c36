/** Lets each session of Postgres keep the statements that it has parsed and planned: short ones cost half of what they did. */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** A list of values makes a text of its own for each of its lengths; those of long ones are not worth keeping. */
const MOST_VALUES = 20;

const names = new Map<string, string>();

/** Null for what is not kept: `*` would break when a migration adds a column under a session; a text without values may hold several statements. */
function nameOf(text: string, values: number): string | null {
  if (values === 0 || values > MOST_VALUES || text.includes('*')) return null;
  const known = names.get(text) ?? `tieout_${names.size}`;
  names.set(text, known);
  return known;
}

/** The same pool, whose sessions name what kysely asks. */
export function withNamedStatements(pool: pg.Pool): PostgresPool {
  const sessions = new WeakMap<pg.PoolClient, NamingSession>();
  return {
    async connect() {
      const client = await pool.connect();
      const session = sessions.get(client) ?? new NamingSession(client);
      sessions.set(client, session);
      return session;
    },
    end: () => pool.end(),
  };
}

class NamingSession implements PostgresPoolClient {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(what: string | PostgresCursor<R>, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof what !== 'string') return this.#client.query(what as PostgresCursor<R> & pg.Submittable);
    const name = nameOf(what, parameters.length);
    return this.#client.query({ text: what, values: [...parameters], ...(name === null ? {} : { name }) }) as unknown as Promise<PostgresQueryResult<R>>;
  }

  release(): void {
    this.#client.release();
  }
}
