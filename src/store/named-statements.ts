/** Lets each session of Postgres keep the statements that it has parsed and planned: short ones cost half of what they did. */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** A list of values makes a text of its own for each of its lengths; those of long ones are not worth keeping. */
const MOST_VALUES = 20;

const names = new Map<string, string>();

/** Tables beside each other: which is looked up in which depends on how many rows they have by now. */
const JOINS = /\b(join|exists|unnest|union)\b/i;

/**
 * Null for what is not kept: `*` would break when a migration adds a column under a session; a text without values may hold
 * several statements. Nor a set statement. From its sixth time on Postgres runs a named one by a plan that knows no values
 * (`plan_cache_mode`): it takes every array for ten elements and each table for as large as it was then, so that 5,000
 * elements were compared with every row of a settlement one by one. One without a name is planned for what it is given.
 */
function nameOf(text: string, values: readonly unknown[]): string | null {
  if (
    values.length === 0 ||
    values.length > MOST_VALUES ||
    text.includes('*') ||
    values.some(Array.isArray) ||
    JOINS.test(text)
  )
    return null;
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
  query<R>(
    what: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof what !== 'string') return this.#client.query(what as PostgresCursor<R> & pg.Submittable);
    const name = nameOf(what, parameters);
    return this.#client.query({
      text: what,
      values: [...parameters],
      ...(name === null ? {} : { name }),
    }) as unknown as Promise<PostgresQueryResult<R>>;
  }

  release(): void {
    this.#client.release();
  }
}
