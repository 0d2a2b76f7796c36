/**
 * A seller's account for activities that are run by themselves: both simulators over real HTTP, a real store, and a Temporal
 * of which only is kept what workflows were told. Each is a connection of its own, so that one Postgres serves a whole file.
 */
import { WorkflowNotFoundError } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { stringify } from 'yaml';
import type { Connection } from '../../src/activities/connection.ts';
import { createHttpExchange } from '../../src/clients/http/http-exchange.ts';
import { createAccessTokens } from '../../src/clients/netsuite/access-token.ts';
import { createLocalSlots } from '../../src/clients/netsuite/slots.ts';
import type { ConnectionSettings } from '../../src/config/connection.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import type { ActivityPolicy } from '../../src/contracts/activity-policy.ts';
import { instantOf } from '../../src/domain/money/instant.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { netSuiteSeedFor } from '../../src/local/demo-month/netsuite-seed.ts';
import { startAmazonSimulator } from '../../src/simulators/amazon/server.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { DemoClock } from '../../src/simulators/clock.ts';
import type { NetSuiteSeed } from '../../src/simulators/netsuite/seed.ts';
import { startNetSuiteSimulator } from '../../src/simulators/netsuite/start-netsuite-simulator.ts';
import { openExceptions } from '../../src/store/exceptions/exceptions.ts';
import { connectClients } from '../../src/workers/connect-clients.ts';
import type { FreshPostgres } from '../store/fresh-postgres.ts';
import { connectionForTest } from './connection-for-test.ts';

export const POLICY: ActivityPolicy = { startToClose: '1m', heartbeat: '1m', firstRetry: '1s', longestRetry: '1s' };

export interface AccountOptions {
  world: AmazonWorld;
  /** Everything that the world tells has been told by then, where nothing else is wanted. */
  now: string;
  settings?: Partial<Record<keyof ConnectionSettings, unknown>>;
  seed?: (seed: NetSuiteSeed) => NetSuiteSeed;
}

export interface AccountUnderTest {
  readonly connection: Connection;
  readonly name: string;
  /** Runs an activity as a worker does. */
  run<Input, Result>(
    activity: (connection: Connection, input: Input) => Promise<Result>,
    input?: Omit<Input, 'connection' | 'policy'>,
  ): Promise<Result>;
  /** What workflows were told since this was last asked: `orderLifecycle 114-… dispatched`, or the id of one that ran. */
  told(): string[];
  /** None of the workflows runs any more. */
  loseWorkflows(): void;
  /** Records that NetSuite took or changed since this was last asked: `POST salesOrder`. */
  writes(): string[];
  /** Codes of the open exceptions. */
  open(): Promise<string[]>;
  /** A page of the NetSuite simulator: faults, periods, records. */
  netsuitePage(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void>;
  /** Deletes a document of NetSuite, as a person may. */
  deleteDocument(type: string, id: string): Promise<void>;
  /** Calls of NetSuite since this was last asked: `POST suiteql`. */
  calls(): string[];
  amazonPage(path: string, body: object): Promise<void>;
  statement(account: 'bank' | 'card'): Promise<Uint8Array>;
  close(): Promise<void>;
}

let accounts = 0;

export async function openAccount({ store }: FreshPostgres, options: AccountOptions): Promise<AccountUnderTest> {
  accounts += 1;
  const name = `shop-${accounts}`;
  const world = { ...options.world, sellerId: `${options.world.sellerId}${accounts}` };
  const clock = new DemoClock(Date.parse(options.now));
  let written: string[] = [];
  let called: string[] = [];
  const seed = netSuiteSeedFor(world);
  // First, since it may refuse its seed: nothing else runs then.
  const netsuite = await startNetSuiteSimulator({
    seed: options.seed ? options.seed(seed) : seed,
    port: 0,
    clock,
    log: (line) => {
      const [, call] = /^(\S+ \S+)/.exec(line) ?? [];
      if (call !== undefined) called.push(call.replace(/\S*\/v1\//, '').replace(/\?.*/, ''));
      const [, method, path] = /^(POST|PATCH|PUT|DELETE) \S*\/record\/v1\/(\S+) 20/.exec(line) ?? [];
      if (method !== undefined) written.push(`${method} ${path!.replace(/\/\d+/, '').replace('/!transform/', ' → ')}`);
    },
  });
  const amazon = await startAmazonSimulator({ world, port: 0, clock });
  const settings = settingsOf(name, { ...options, world }, amazon.url, netsuite.url);
  const { amazon: amazonClient, netsuite: netsuiteClient } = connectClients({
    settings,
    secrets: {
      amazon: { clientId: amazon.clientId, clientSecret: amazon.clientSecret, refreshToken: amazon.refreshToken },
      netsuite: {
        clientId: netsuite.clientId,
        certificateId: netsuite.certificateId,
        privateKeyPem: netsuite.privateKeyPem!,
      },
    },
    slots: createLocalSlots(5),
    realNow: Date.now,
  });
  const temporal = new TemporalUnderTest();
  const latest = () => instantOf(clock.now());
  const connection = connectionForTest({
    store,
    settings,
    amazon: amazonClient,
    netsuite: netsuiteClient,
    temporal: temporal as unknown as Connection['temporal'],
    now: async () => latest(),
    latest,
    realNow: Date.now,
    reportPollMs: 10,
    failPoint: () => {},
  });
  const page = async (url: string, method: string, body?: object) => {
    const answer = await fetch(url, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    connection,
    name,
    run: <Input, Result>(
      activity: (of: Connection, input: Input) => Promise<Result>,
      input: Omit<Input, 'connection' | 'policy'> = {} as never,
    ) =>
      new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') }).run(activity, connection, {
        connection: name,
        policy: POLICY,
        ...input,
      } as Input) as Promise<Result>,
    told: () => temporal.told(),
    loseWorkflows: () => temporal.lose(),
    writes() {
      const since = written;
      written = [];
      return since;
    },
    open: async () => (await openExceptions(store.db, name)).map(({ code }) => code).sort(),
    async netsuitePage(method, path, body) {
      await page(netsuite.url + path, method, body);
    },
    async deleteDocument(type, id) {
      const tokens = createAccessTokens({
        tokenUrl: netsuite.tokenUrl,
        clientId: netsuite.clientId,
        certificateId: netsuite.certificateId,
        privateKeyPem: netsuite.privateKeyPem!,
        exchange: createHttpExchange({ timeoutMs: 5000 }),
        now: Date.now,
      });
      const answer = await fetch(`${netsuite.url}/services/rest/record/v1/${type}/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${await tokens.current()}` },
      });
      if (!answer.ok) throw new Error(`DELETE ${type}/${id}: ${answer.status} ${await answer.text()}`);
    },
    calls() {
      const since = called;
      called = [];
      return since;
    },
    async amazonPage(path, body) {
      await page(amazon.url + path, 'POST', body);
    },
    statement: async (account) =>
      new Uint8Array(await (await page(`${amazon.url}/bank/${account}/statement?format=ofx`, 'GET')).arrayBuffer()),
    async close() {
      await Promise.all([amazon.close(), netsuite.close()]);
    },
  };
}

function settingsOf(name: string, options: AccountOptions, amazonUrl: string, netsuiteUrl: string): ConnectionSettings {
  const { netsuite, ...rest } = demoConnectionSettings(options.world);
  const connection = {
    name,
    ...rest,
    amazon: { region: 'na', endpoint: amazonUrl },
    netsuite: { ...netsuite, restBaseUrl: netsuiteUrl, maxConcurrency: 5, timeout: '5s' },
    posting: 'live',
    shippedBeforeCutOver: 'documents',
    lostAnswerWaits: ['200ms'],
    ...options.settings,
  };
  return parseConfig('account-under-test.yaml', stringify({ demoClock: amazonUrl, connections: [connection] }))
    .connections[0]!;
}

/** As Temporal does: a step that fails is tried again a little later. */
export async function triedAgain<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Keeps what workflows are told; those that were started run, and wait for a person where they are said to. */
class TemporalUnderTest {
  #told: string[] = [];
  readonly #running = new Set<string>();

  readonly workflow = {
    signalWithStart: async (type: string, { workflowId, signal }: { workflowId: string; signal: { name: string } }) => {
      this.#running.add(workflowId);
      this.#told.push(`${type} ${keyOf(workflowId)} ${signal.name}`);
    },
    getHandle: (workflowId: string) => ({
      signal: async ({ name }: { name: string }) => {
        this.#require(workflowId);
        this.#told.push(`${keyOf(workflowId)} ${name}`);
      },
      describe: async () => {
        this.#require(workflowId);
        return { status: { name: 'RUNNING' }, typedSearchAttributes: { get: () => 'open' }, raw: {} };
      },
    }),
    list: () => this.#listed(),
  };

  /** Of a flow that is scheduled: it is told to look. */
  readonly schedule = {
    getHandle: (id: string) => ({
      describe: async () => ({ state: { paused: false } }),
      trigger: async () => {
        this.#told.push(`${id.split(':')[0]} looks`);
      },
    }),
  };

  told(): string[] {
    const since = this.#told;
    this.#told = [];
    return since;
  }

  lose(): void {
    this.#running.clear();
  }

  #require(workflowId: string): void {
    if (!this.#running.has(workflowId)) throw new WorkflowNotFoundError('not running', workflowId, undefined);
  }

  async *#listed() {
    for (const workflowId of this.#running) yield { workflowId, typedSearchAttributes: { get: () => 'open' } };
  }
}

const keyOf = (workflowId: string) => workflowId.split(':')[2] ?? workflowId;
