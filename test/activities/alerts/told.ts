/** A connection whose exceptions are told to real receivers, by a clock that the test holds. */
import type { ConnectedAlerts } from '../../../src/activities/alerts/connected-alerts.ts';
import { planAlerts } from '../../../src/activities/alerts/plan-alerts.ts';
import { sendAlert } from '../../../src/activities/alerts/send-alert.ts';
import type { Connection } from '../../../src/activities/connection.ts';
import type { AlertSettings } from '../../../src/config/alerts.ts';
import type { AlertSent } from '../../../src/contracts/alerts/alerts.ts';
import type { RaisedException } from '../../../src/domain/exceptions/exception.ts';
import { openExceptions, raise, resolveException } from '../../../src/store/exceptions/exceptions.ts';
import { connectAlerts } from '../../../src/workers/connect-alerts.ts';
import type { Store } from '../../../src/store/database.ts';
import { CONNECTION, connectionOn } from '../many-orders-setup.ts';

export const SECRET = 'a secret of thirty-two characters';
export const TIMEOUT_MS = 400;

export const LOOK: RaisedException = {
  code: 'drift',
  key: 'orders',
  subject: { kind: 'drift', id: 'orders' },
  evidence: { what: 'something new at Amazon', atStake: null, currency: null },
  remedy: { kind: 'look', where: 'Look at it.' },
};
export const SKU: RaisedException = {
  code: 'sku-unknown',
  subject: { kind: 'sku', id: 'BLU-MUG-2' },
  evidence: { what: 'NetSuite has no item for SKU BLU-MUG-2 · 9 orders', atStake: 21_491n, currency: 'USD' },
  remedy: { kind: 'map-sku', sku: 'BLU-MUG-2' },
};

export interface Told {
  readonly connection: Connection;
  /** The connection's clock, and the real one, in milliseconds. */
  at: string;
  realMs: number;
  /** Where the process ends. */
  dies: string | null;
  raise(exception: RaisedException): Promise<number>;
  resolve(exception: RaisedException, resolution: string): Promise<void>;
  /** One look, as the workflow takes it. */
  look(): Promise<Record<string, AlertSent['result'][]>>;
  /** A message of one channel, by itself. */
  send(channel: string): Promise<AlertSent>;
  plan(): Promise<string[]>;
  states(channel: string): Promise<Record<string, string>>;
  open(): Promise<string[]>;
}

export const connected = (settings: Partial<AlertSettings>, urls: Readonly<Record<string, string>>): ConnectedAlerts =>
  connectAlerts(
    { digest: '08:00', escalateAfter: '1d', channels: [], ...settings },
    { ofChannels: new Map(Object.entries(urls)), smtpPassword: null },
    { timeoutMs: TIMEOUT_MS },
  );

export function openTold(store: Store, alerts: ConnectedAlerts): Told {
  const told: Told = {
    at: '2026-11-03T22:00:00Z',
    realMs: 1_000_000,
    dies: null,
    get connection() {
      return {
        ...connectionOn(store, async () => told.at),
        alerts,
        realNow: () => told.realMs,
        failPoint: (name: string) => {
          if (name === told.dies) throw new Error(`dies at ${name}`);
        },
        resolve: (code, key, resolution) => resolveException(store.db, CONNECTION, code, key, resolution, told.at),
        raise: (exception) => raise(store.db, CONNECTION, exception, told.at),
      } as Connection;
    },
    raise: (exception) => raise(store.db, CONNECTION, exception, told.at),
    resolve: ({ code, key, subject }, resolution) =>
      resolveException(store.db, CONNECTION, code, key ?? subject.id, resolution, told.at),
    async look() {
      const results: Record<string, AlertSent['result'][]> = {};
      for (const channel of await told.plan()) {
        results[channel] = [];
        for (let more = true; more;) {
          const sent = await told.send(channel);
          results[channel].push(sent.result);
          ({ more } = sent);
        }
      }
      return results;
    },
    send: (channel) => sendAlert(told.connection, { connection: CONNECTION, channel, despitePause: false }),
    plan: async () => (await planAlerts(told.connection, { connection: CONNECTION })).channels,
    async states(channel) {
      const rows = await store.db
        .selectFrom('alert_events')
        .select(['key', 'state'])
        .where('channel', '=', channel)
        .orderBy('planned_at')
        .orderBy('key')
        .execute();
      return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
    },
    open: async () => (await openExceptions(store.db, CONNECTION)).map(({ code, key }) => `${code} ${key}`),
  };
  return told;
}
