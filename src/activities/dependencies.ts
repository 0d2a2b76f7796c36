import { peopleOf, type ConfiguredPeople } from '../config/people.ts';
import { postingModeOf } from '../domain/posting-modes/posting-modes.ts';
import { raise, resolveException } from '../store/exceptions/exceptions.ts';
import { NOBODY_IS_TOLD, type ConnectedAlerts } from './alerts/connected-alerts.ts';
import type { Connection } from './connection.ts';

/** Of a connection, the clients that a process has made for it. */
export interface ConnectionClients extends Pick<Connection, 'amazon' | 'netsuite'> {
  /** When a vendor last took a call of this process (epoch milliseconds of real time); null before it has. */
  answeredAt?: (vendor: 'amazon' | 'netsuite') => number | null;
}

/** What a process hands in; the rest of it is said where an activity meets it, in {@link Connection}. */
export interface Dependencies extends Pick<
  Connection,
  'configured' | 'store' | 'temporal' | 'now' | 'latest' | 'realNow' | 'reportPollMs' | 'failPoint'
> {
  /** Of the configuration, for all connections. */
  people: ConfiguredPeople;
  /** Left out, nobody is told. */
  alerts?: ConnectedAlerts;
  /** By name, of the connections that this process serves: it takes no work from the queues of other ones' vendors. */
  clients: ReadonlyMap<string, ConnectionClients>;
}

/** Handles by name, of all connections: any process takes the work that is on the store alone. */
export function connectionsOf({
  clients,
  people,
  alerts = NOBODY_IS_TOLD,
  ...process
}: Dependencies): ReadonlyMap<string, Connection> {
  const { configured, store, now } = process;
  return new Map(
    configured.map((settings): [string, Connection] => {
      const { name } = settings;
      const served = (): ConnectionClients => {
        const own = clients.get(name);
        if (!own) throw new Error(`bug: this process does not serve the connection ${name}`);
        return own;
      };
      return [
        name,
        {
          ...process,
          name,
          settings,
          people: peopleOf(people, name),
          alerts,
          mode: postingModeOf(settings.postingMode),
          db: store.db,
          get amazon() {
            return served().amazon;
          },
          get netsuite() {
            return served().netsuite;
          },
          raise: async (exception) => raise(store.db, name, exception, await now()),
          resolve: async (code, key, resolution) =>
            resolveException(store.db, name, code, key, resolution, await now()),
        },
      ];
    }),
  );
}
