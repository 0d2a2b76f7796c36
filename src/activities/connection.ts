import type { Client } from '@temporalio/client';
import type { AmazonClient } from '../clients/amazon/amazon-client.ts';
import type { NetSuiteClient } from '../clients/netsuite/netsuite-client.ts';
import type { ConnectionSettings } from '../config/connection.ts';
import type { ExceptionCode } from '../domain/exceptions/catalogue.ts';
import type { RaisedException } from '../domain/exceptions/exception.ts';
import type { People } from '../domain/people/roles.ts';
import type { PostingMode } from '../domain/posting-modes/posting-mode.ts';
import type { Instant } from '../domain/money/instant.ts';
import type { ConnectedAlerts } from './alerts/connected-alerts.ts';
import type { Database, Store } from '../store/database.ts';

/** All that an activity works with: an Amazon seller account tied to a NetSuite account, and the process it runs in. */
export interface Connection {
  readonly name: string;
  readonly settings: ConnectionSettings;
  /** Who may do what in it. */
  readonly people: People;
  /** What its sales and refunds become, by its setting. */
  readonly mode: PostingMode;
  /** Who is told of its exceptions, and through what. */
  readonly alerts: ConnectedAlerts;
  /** Settings of every connection of the configuration, this one among them. */
  readonly configured: readonly ConnectionSettings[];
  /** The vendors answer in the processes that serve this connection; work from the queue of the store asks neither. */
  readonly amazon: AmazonClient;
  readonly netsuite: NetSuiteClient;
  readonly store: Store;
  /** What is read and written outside of a transaction. */
  readonly db: Database;
  readonly temporal: Client;
  /** Opens an exception of this connection now, or opens it again. Returns its number. */
  raise(exception: RaisedException): Promise<number>;
  /** Ends one now, where it is open. */
  resolve(code: ExceptionCode, key: string, resolution: string): Promise<void>;
  /** The time: real, or the demo's. */
  now(): Promise<Instant>;
  /** The same without asking anybody, for what only needs a date of its own: the last answer, moved on by real time. */
  latest(): Instant;
  /** Epoch milliseconds in the real world, by which lost answers are waited for. */
  realNow(): number;
  /** How often a report that Amazon is still making is asked for, in milliseconds. */
  readonly reportPollMs: number;
  /** Where a test kills the process; nothing in the product's own runs. */
  failPoint(name: string): void;
}
