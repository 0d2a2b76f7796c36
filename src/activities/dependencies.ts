import type { Client } from '@temporalio/client';
import type { AmazonClient } from '../clients/amazon/amazon-client.ts';
import type { NetSuiteClient } from '../clients/netsuite/netsuite-client.ts';
import type { ConnectionSettings } from '../config/connection.ts';
import type { Instant } from '../domain/money/instant.ts';
import type { Store } from '../store/database.ts';

/** One connection with its clients: an Amazon seller account tied to a NetSuite account. */
export interface Connection {
  settings: ConnectionSettings;
  amazon: AmazonClient;
  netsuite: NetSuiteClient;
  /** When a vendor last took a call of this process (epoch milliseconds of real time); null before it has. */
  answeredAt?: (vendor: 'amazon' | 'netsuite') => number | null;
}

/** What activities are made of. They get the time from here: real, or the demo's clock. */
export interface Dependencies {
  store: Store;
  connections: ReadonlyMap<string, Connection>;
  temporal: Client;
  now(): Promise<Instant>;
  /** The same without asking anybody, for what only needs a date of its own: the last answer, moved on by real time. */
  latest(): Instant;
  /** Epoch milliseconds in the real world, by which lost answers are waited for. */
  realNow(): number;
  /** How often a report that Amazon is still making is asked for, in milliseconds. */
  reportPollMs: number;
  /** Where a test kills the process; nothing in the product's own runs. */
  failPoint(name: string): void;
}

export function connectionOf(deps: Dependencies, name: string): Connection {
  const connection = deps.connections.get(name);
  if (!connection) throw new Error(`bug: this worker does not know the connection ${name}`);
  return connection;
}
