/** The running world as whoever looks into it or acts in it meets it: its store and, when something must be done, its Temporal. */
import type { ConnectionSettings } from '../config/connection.ts';
import { nearestOf } from '../config/near-miss.ts';
import { readConfig } from '../config/read-config.ts';
import { findRunningWorld, type RunningWorld } from '../config/running-world.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { tieoutHome } from '../config/project-folder.ts';
import { openStore, type Store } from '../store/database.ts';
import { productPolicy } from '../temporal/product-policy.ts';
import { withTemporal } from '../temporal/running-temporal.ts';
import type { ConnectionAtWork } from './connection-at-work.ts';

export interface RunningConnection {
  world: RunningWorld;
  settings: ConnectionSettings;
  name: string;
  store: Store;
}
export interface RunningConnections {
  world: RunningWorld;
  connections: ConnectionSettings[];
  names: string[];
  store: Store;
}

/**
 * Opens the world and one of its connections for the time of `work`.
 * @throws TieoutError `not-running`, `config`, `usage` for a connection that is not configured or must be named, `postgres`
 */
export async function withConnection<T>(
  chosen: string | undefined,
  work: (running: RunningConnection) => Promise<T>,
): Promise<T> {
  const world = findRunningWorld(tieoutHome());
  const settings = chooseConnection(readConfig(world.config).connections, chosen);
  return withStore(world, (store) => work({ world, settings, name: settings.name, store }));
}

/** As {@link withConnection}, with the world's Temporal: for what does something. @throws TieoutError `temporal-server`, too */
export async function withConnectionAtWork<T>(
  chosen: string | undefined,
  work: (running: RunningConnection & ConnectionAtWork) => Promise<T>,
): Promise<T> {
  return withConnection(chosen, (running) =>
    withTemporal(running.world, (client) =>
      work({ ...running, client, connection: running.name, policy: productPolicy(running.world.simulators !== null) }),
    ),
  );
}

/** As {@link withConnection}, for all connections or the one that is named. */
export async function withConnections<T>(
  chosen: string | undefined,
  work: (running: RunningConnections) => Promise<T>,
): Promise<T> {
  const world = findRunningWorld(tieoutHome());
  const configured = readConfig(world.config).connections;
  const connections = chosen === undefined ? configured : [chooseConnection(configured, chosen)];
  const names = connections.map(({ name }) => name);
  return withStore(world, (store) => work({ world, connections, names, store }));
}

export function chooseConnection(
  connections: readonly ConnectionSettings[],
  chosen: string | undefined,
): ConnectionSettings {
  const names = connections.map(({ name }) => name);
  const found =
    chosen === undefined
      ? connections.length === 1
        ? connections[0]
        : undefined
      : connections.find(({ name }) => name === chosen);
  if (found) return found;
  const near = chosen === undefined ? null : nearestOf(chosen, names);
  throw new TieoutError({
    code: 'usage',
    what: chosen === undefined ? 'Several connections are configured.' : `There is no connection ${chosen}.`,
    notDone: 'Nothing was done.',
    where: [`configured: ${names.join(', ')}`],
    do: [near === null ? 'name one: --connection NAME' : `did you mean --connection ${near}?`],
  });
}

async function withStore<T>(world: RunningWorld, work: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(world.databaseUrl, { max: 2 });
  try {
    return await work(store);
  } catch (error) {
    throw postgresSilent(error) ? noPostgres(world, error) : error;
  } finally {
    await store.close();
  }
}

function postgresSilent(error: unknown): error is Error {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  // ECONNREFUSED and its like; 08: no connection, 28: not let in, 57P: shut down or starting, 3D: no such database, 42P01: never migrated.
  return /^(ECONN|ENOTFOUND|ETIMEDOUT|08|28|57P|3D|42P01)/.test(code);
}

function noPostgres(world: RunningWorld, error: Error): TieoutError {
  const { host } = new URL(world.databaseUrl);
  return new TieoutError(
    {
      code: 'postgres',
      what: 'Postgres does not answer.',
      notDone: 'Nothing was changed.',
      where: [`${host}: ${error.message || 'connection refused'}`],
      do: ['npx tieout doctor shows what runs; npm start starts it'],
    },
    { cause: error },
  );
}
