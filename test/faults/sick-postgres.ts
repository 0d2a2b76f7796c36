/** Postgres that answers and does not work: as a full disk leaves it, with every connection taken, or behind somebody's lock. */
import pg from 'pg';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';

export const SICKNESSES = ['read-only', 'out of connections', 'locked'] as const;
export type Sickness = (typeof SICKNESSES)[number];

/** For so long each time: longer than an attempt waits for a connection, and than workers take a failure for nothing. */
const LASTS_MS = 6000;

/** Postgres is sick for some seconds, and well again. */
export async function sicken(world: WorldUnderTest, sickness: Sickness): Promise<void> {
  await world.servers.outage(async () => {
    const begin = { 'read-only': readOnly, 'out of connections': outOfConnections, locked }[sickness];
    const mend = await begin(world.servers.postgres.url);
    await new Promise((resolve) => setTimeout(resolve, LASTS_MS));
    await mend();
  });
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // Its session may be ended under it.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** As a standby, or a server whose disk is full: every session of the product may read, and none may write. */
async function readOnly(url: string): Promise<() => Promise<void>> {
  const client = await connected(url);
  const endOthers = () =>
    client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
    );
  await client.query('alter role current_user set default_transaction_read_only = on');
  await endOthers();
  return async () => {
    await client.query('alter role current_user reset default_transaction_read_only');
    await endOthers();
    await client.end();
  };
}

/** Somebody else has taken every connection that there is: who has one keeps it, nobody gets another. */
async function outOfConnections(url: string): Promise<() => Promise<void>> {
  const first = await connected(url);
  const taken = [first];
  await first.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
  );
  for (;;) {
    try {
      taken.push(await connected(url));
    } catch {
      break;
    }
  }
  return async () => {
    await Promise.all(taken.map((client) => client.end()));
  };
}

/** Somebody holds the tables that every step needs: each statement waits. */
async function locked(url: string): Promise<() => Promise<void>> {
  const client = await connected(url);
  await client.query('begin');
  await client.query('lock table orders, documents, settlements in access exclusive mode');
  return async () => {
    await client.query('commit');
    await client.end();
  };
}
