import type { AmazonClient } from '../clients/amazon/amazon-client.ts';
import type { NetSuiteClient } from '../clients/netsuite/netsuite-client.ts';
import type { ConnectionSettings } from '../config/connection.ts';
import { postingModeOf } from '../domain/posting-modes/posting-modes.ts';
import { raise, resolveException } from '../store/exceptions/exceptions.ts';
import type { Connection } from './connection.ts';

/** A connection's settings with the clients that a process has made of them. */
export interface ConnectionClients {
  settings: ConnectionSettings;
  amazon: AmazonClient;
  netsuite: NetSuiteClient;
  /** When a vendor last took a call of this process (epoch milliseconds of real time); null before it has. */
  answeredAt?: (vendor: 'amazon' | 'netsuite') => number | null;
}

/** What a process hands in; the rest of it is said where an activity meets it, in {@link Connection}. */
export interface Dependencies extends Pick<
  Connection,
  'store' | 'temporal' | 'now' | 'latest' | 'realNow' | 'reportPollMs' | 'failPoint'
> {
  /** By their names, all of the configuration. */
  connections: ReadonlyMap<string, ConnectionClients>;
}

/** The handles of all connections, by their names. */
export function connectionsOf({ connections, ...process }: Dependencies): ReadonlyMap<string, Connection> {
  const { store, now } = process;
  const configured = [...connections.values()].map(({ settings }) => settings);
  return new Map(
    [...connections].map(([name, { settings, amazon, netsuite }]) => [
      name,
      {
        ...process,
        name,
        settings,
        mode: postingModeOf(settings.postingMode),
        configured,
        amazon,
        netsuite,
        db: store.db,
        raise: async (exception) => raise(store.db, name, exception, await now()),
        resolve: async (code, key, resolution) => resolveException(store.db, name, code, key, resolution, await now()),
      },
    ]),
  );
}
