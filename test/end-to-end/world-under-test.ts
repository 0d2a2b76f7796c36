/**
 * A whole world inside one test file: a real Temporal server, a real Postgres, both simulators over real HTTP, and the
 * product's own workers. Open it in `beforeAll`, close it in `afterAll`.
 */
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime, type ActivityInterceptorsFactory, type Worker } from '@temporalio/worker';
import type { Client } from '@temporalio/client';
import type { TieOut } from '../../src/contracts/tie-out/tie-out.ts';
import type { ConnectionClients, Dependencies } from '../../src/activities/dependencies.ts';
import { busyWith } from '../../src/store/reconciler/busy.ts';
import { lookOnce, type LookContext } from '../../src/operations/intake/look-once.ts';
import { sendDecision } from '../../src/operations/decisions/send-decision.ts';
import { updateOf, type FileDecision } from '../../src/operations/decisions/decision-file.ts';
import type { ConnectionSecrets } from '../../src/config/environment.ts';
import type { NetSuiteClient } from '../../src/clients/netsuite/netsuite-client.ts';
import { parseConfig } from '../../src/config/read-config.ts';
import type { ConnectionSettings } from '../../src/config/connection.ts';
import { instantOf } from '../../src/domain/money/instant.ts';
import { driveClock } from '../../src/local/drive-clock.ts';
import { demoConnectionSettings } from '../../src/local/demo-month/connection-settings.ts';
import { netSuiteSeedFor } from '../../src/local/demo-month/netsuite-seed.ts';
import { startAmazonSimulator } from '../../src/simulators/amazon/server.ts';
import { worldSpan } from '../../src/simulators/amazon/timeline.ts';
import type { AmazonWorld } from '../../src/simulators/amazon/world.ts';
import { DemoClock } from '../../src/simulators/clock.ts';
import { startNetSuiteSimulator } from '../../src/simulators/netsuite/start-netsuite-simulator.ts';
import type { NetSuiteSeed } from '../../src/simulators/netsuite/seed.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';
import { SharedSlots } from '../../src/store/limits/netsuite-slots.ts';
import { connectClient } from '../../src/temporal/connection.ts';
import { connectWorker } from '../../src/temporal/worker-connection.ts';
import type { DecisionResult } from '../../src/contracts/decisions/decisions.ts';
import type { ActivityPolicy } from '../../src/contracts/activity-policy.ts';
import { readAlertSecrets } from '../../src/config/alert-secrets.ts';
import { connectAlerts } from '../../src/workers/connect-alerts.ts';
import { connectClients } from '../../src/workers/connect-clients.ts';
import { demoClock } from '../../src/workers/product-clock.ts';
import type { Patience } from '../../src/workers/lasting-failures.ts';
import { createWorkers } from '../../src/workers/start-workers.ts';
import { stringify } from 'yaml';
import { bundleOfTheRun } from '../temporal/bundle-of-the-run.ts';
import { startServers, type Servers } from './servers-under-test.ts';

export interface WorldUnderTest {
  connection: string;
  client: Client;
  store: Store;
  amazonUrl: string;
  netsuiteUrl: string;
  settings: ConnectionSettings;
  policy: ActivityPolicy;
  /** Where a worker process finds everything. */
  places: {
    folder: string;
    databaseUrl: string;
    temporalAddress: string;
    bundle: string;
    configText: string;
    secrets: ConnectionSecrets;
    alertSecrets: Readonly<Record<string, string>>;
  };
  /** Takes Postgres or the Temporal server away and brings it back, under whatever is running. */
  servers: Pick<
    Servers,
    | 'restartPostgres'
    | 'killPostgres'
    | 'killTemporal'
    | 'loseTemporal'
    | 'backUpPostgres'
    | 'restorePostgres'
    | 'outage'
    | 'postgres'
    | 'temporal'
  >;
  /** A page of the NetSuite simulator itself: faults, switches, state. */
  netsuitePage<T = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** NetSuite's side, by the product's client. */
  netsuite: NetSuiteClient;
  suiteql(query: string): Promise<Record<string, string | undefined>[]>;
  /** What the workflow's page in Temporal says. */
  details(workflowId: string): Promise<string>;
  /** Runs a workflow to its end, also when a server goes away meanwhile. */
  run<T>(workflow: string, workflowId: string, input: unknown): Promise<T>;
  /** A decision as an operator sends it. */
  decide(decision: FileDecision, by?: string): Promise<DecisionResult>;
  /** Asks until `seen` says so (its answer is handed back), for at most `seconds`. */
  until<T>(ask: () => Promise<T>, seen: (answer: T) => boolean, seconds?: number): Promise<T>;
  /** The product looks at the world once, and works until it has nothing left to do. */
  look(name?: string): Promise<void>;
  /** What a look at this world needs. */
  context: LookContext;
  /** The demo clock to its end, and two looks more for what that released. */
  runToTheEnd(): Promise<void>;
  tieOut(): Promise<TieOut>;
  close(): Promise<void>;
}

export interface WorldUnderTestOptions {
  world: AmazonWorld;
  /** Settings that differ from the demo's. */
  settings?: Partial<Record<keyof ConnectionSettings, unknown>>;
  seed?: (seed: NetSuiteSeed) => NetSuiteSeed;
  /** Who is told of exceptions, as the configuration has it, and the variables that hold its secrets. */
  alerts?: { settings: object; env: Readonly<Record<string, string>> };
  /** Wraps what activities depend on: a test hands in fail-points here. */
  deps?: (deps: Dependencies) => Dependencies;
  /** Days by which the clock jumps; a few jumps make a short test. */
  paceDays?: number;
  /** `none`: the test starts its own worker processes. */
  workers?: 'here' | 'none';
  /** Wraps every activity of the workers that run here. */
  aroundActivities?: ActivityInterceptorsFactory;
  policy?: Partial<ActivityPolicy>;
  /** How long a step may fail before a person hears of it. */
  patience?: Partial<Patience>;
  /** The Temporal server keeps its histories in a file, so that it may be killed. */
  durable?: boolean;
  /** Hears of every request that the NetSuite simulator answered: `POST /services/… 204`. */
  onNetSuiteCall?: (line: string) => void;
  /** Hears of every request that reached the Amazon simulator: `GET /fba/inventory/v1/summaries`. */
  onAmazonCall?: (line: string) => void;
  /** Servers that several worlds share, and the world's own places there; without it, it has servers of its own. */
  at?: WorldPlace;
  /** How many times the documented rate Amazon's quotas refill: they are waited for in real time. */
  rateTimes?: number;
  /** How long one look may take before it counts as hanging. */
  longestLookMs?: number;
}

export interface WorldPlace {
  servers: Servers;
  databaseUrl: string;
  ownerUrl: string;
  namespace: string;
}

const LONGEST_LOOK_MS = 75_000;
const POLICY: ActivityPolicy = {
  startToClose: '60s',
  heartbeat: '5s',
  firstRetry: '100ms',
  longestRetry: '1s',
  triesOfALook: 12,
};

export async function openWorld(given: WorldUnderTestOptions): Promise<WorldUnderTest> {
  const options = { ...given, world: ofItsOwn(given) };
  const folder = mkdtempSync(join(tmpdir(), 'tieout-world-'));
  chmodSync(folder, 0o755);
  const closing: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const policy = { ...POLICY, ...options.policy };
    const { servers, databaseUrl, ownerUrl, namespace } =
      options.at ?? (await placeOfItsOwn(folder, options.durable ?? false));
    const { temporal } = servers;
    if (options.at === undefined) closing.push(() => servers.stop());
    const clock = new DemoClock(Date.parse(worldSpan(options.world)?.first ?? '2026-10-01T07:00:00Z'));
    const amazon = await startAmazonSimulator({
      world: options.world,
      port: 0,
      clock,
      rateTimes: options.rateTimes ?? 1,
      ...(options.onAmazonCall ? { log: options.onAmazonCall } : {}),
    });
    closing.push(() => amazon.close());
    const seed = netSuiteSeedFor(options.world);
    const netsuite = await startNetSuiteSimulator({
      seed: options.seed ? options.seed(seed) : seed,
      port: 0,
      clock,
      ...(options.onNetSuiteCall ? { log: options.onNetSuiteCall } : {}),
    });
    closing.push(() => netsuite.close());

    const configText = configurationOf(options, amazon.url, netsuite.url);
    const configured = parseConfig('world-under-test.yaml', configText);
    const settings = configured.connections[0]!;
    await prepareSchema(databaseUrl, ownerUrl);
    const store = openStore(databaseUrl, { max: 15 });
    closing.push(() => store.close());
    const slots = await SharedSlots.open({
      url: databaseUrl,
      account: settings.netsuite.account,
      size: settings.netsuite.maxConcurrency,
    });
    closing.push(() => slots.close());
    const productClock = demoClock(amazon.url);
    await productClock.now();
    const secrets = {
      amazon: { clientId: amazon.clientId, clientSecret: amazon.clientSecret, refreshToken: amazon.refreshToken },
      netsuite: {
        clientId: netsuite.clientId,
        certificateId: netsuite.certificateId,
        privateKeyPem: netsuite.privateKeyPem!,
      },
    };
    const clients = new Map<string, ConnectionClients>([
      [settings.name, connectClients({ settings, secrets, slots, realNow: Date.now })],
    ]);
    const { client, close: disconnect } = await connectClient(temporal.address, undefined, namespace);
    closing.push(disconnect);
    const deps: Dependencies = {
      store,
      configured: [settings],
      people: undefined,
      ...(configured.alerts
        ? { alerts: connectAlerts(configured.alerts, readAlertSecrets(configured.alerts, options.alerts?.env)) }
        : {}),
      clients,
      temporal: client,
      now: () => productClock.now(),
      latest: () => instantOf(productClock.latest()),
      realNow: Date.now,
      reportPollMs: 20,
      failPoint: () => {},
    };
    const bundle = await bundleOfTheRun();
    if (options.workers !== 'none')
      closing.push(
        (await runWorkers(temporal.address, namespace, bundle, options.deps ? options.deps(deps) : deps, options)).stop,
      );

    const run = <T>(workflow: string, workflowId: string, input: unknown): Promise<T> =>
      servers.through(
        async () =>
          (await client.workflow.execute(workflow, {
            workflowId,
            taskQueue: 'workflows',
            args: [input],
            workflowIdConflictPolicy: 'USE_EXISTING',
          })) as T,
      );
    let lookUntil = 0;
    const context: LookContext = {
      client,
      store,
      connection: settings.name,
      policy,
      statementsUrl: amazon.url,
      stock: settings.stock !== undefined,
      tax: settings.tax !== undefined,
      close: settings.close !== undefined,
      alerts: options.alerts !== undefined,
      stopped: () => performance.now() > lookUntil,
    };
    let looks = 0;
    /** One that never comes to rest ends as an error that says what it is busy with, not as a test that hangs. */
    const look = async (name = `look-${(looks += 1)}`) => {
      const longest = options.longestLookMs ?? LONGEST_LOOK_MS;
      lookUntil = performance.now() + longest;
      // What a restored store has forgotten the product reads at its next look, minutes later; the demo clock would jump on by days.
      for (let restored = -1; restored !== servers.restored;) {
        ({ restored } = servers);
        await servers.through(() => lookOnce(context, name));
      }
      if (context.stopped())
        throw new Error(
          `not idle after ${longest / 1000} s: ${JSON.stringify(await busyWith(store.db, settings.name))}`,
        );
    };
    return {
      connection: settings.name,
      client,
      store,
      amazonUrl: amazon.url,
      netsuiteUrl: netsuite.url,
      settings,
      policy,
      look,
      context,
      close,
      servers,
      async runToTheEnd() {
        await driveClock({ url: amazon.url, stopped: () => false, lookOnce: look, goesOn: true });
        await refillQuotas(amazon.url);
        await look();
        await look();
      },
      places: {
        folder,
        databaseUrl,
        temporalAddress: temporal.address,
        bundle,
        configText,
        secrets,
        alertSecrets: options.alerts?.env ?? {},
      },
      netsuitePage: async <T>(method: string, path: string, body?: unknown) => {
        const answer = await fetch(`${netsuite.url}${path}`, {
          method,
          ...(body === undefined
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        const text = await answer.text();
        return (text === '' ? null : JSON.parse(text)) as T;
      },
      netsuite: clients.get(settings.name)!.netsuite,
      suiteql: (query) => clients.get(settings.name)!.netsuite.suiteql(query),
      details: async (workflowId) =>
        (await client.workflow.getHandle(workflowId).query<{ currentDetails?: string }>('__temporal_workflow_metadata'))
          .currentDetails ?? '',
      decide: (decision, by = 'maria') => servers.through(() => sendDecision(context, updateOf(decision, by))),
      until: async (ask, seen, seconds = 20) => {
        const deadline = performance.now() + seconds * 1000;
        for (;;) {
          const answer = await ask();
          if (seen(answer)) return answer;
          if (performance.now() > deadline)
            throw new Error(
              `not seen within ${seconds} s; last answer: ${JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`,
            );
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      },
      run,
      tieOut: () => run('tieOut', `tie-out:${settings.name}`, { connection: settings.name, policy }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A quarter of an hour later by Amazon's clock: some tests have more looks than `getReports` has calls at once (10, and one
 * more each 45 seconds), which would be waited for in real time.
 */
async function refillQuotas(amazonUrl: string): Promise<void> {
  const { now } = (await (await fetch(`${amazonUrl}/clock`)).json()) as { now: string };
  await fetch(`${amazonUrl}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: new Date(Date.parse(now) + 15 * 60_000).toISOString() }),
  });
}

async function placeOfItsOwn(
  folder: string,
  durable: boolean,
): Promise<Omit<WorldPlace, 'namespace'> & { namespace?: string }> {
  const servers = await startServers(folder, durable);
  return { servers, databaseUrl: servers.postgres.url, ownerUrl: servers.postgres.ownerUrl };
}

/** A seller of its own, so that no two worlds of a file have the same statement, byte for byte. */
function ofItsOwn({ world, paceDays }: WorldUnderTestOptions): AmazonWorld {
  worlds += 1;
  return {
    ...world,
    sellerId: `${world.sellerId}${worlds}`,
    ...(paceDays === undefined ? {} : { paceMinutes: paceDays * 24 * 60 }),
  };
}
let worlds = 0;

function configurationOf(options: WorldUnderTestOptions, amazonUrl: string, netsuiteUrl: string): string {
  const { netsuite, ...rest } = demoConnectionSettings(options.world);
  return stringify({
    demoClock: amazonUrl,
    ...(options.alerts ? { alerts: options.alerts.settings } : {}),
    connections: [
      {
        name: 'demo-us',
        ...rest,
        amazon: { region: 'na', endpoint: amazonUrl },
        netsuite: { ...netsuite, restBaseUrl: netsuiteUrl, maxConcurrency: 5, timeout: '5s' },
        posting: 'live',
        shippedBeforeCutOver: 'documents',
        lostAnswerWaits: ['200ms', '400ms', '800ms'],
        ...options.settings,
      },
    ],
  });
}

let installed = false;

async function runWorkers(
  address: string,
  inNamespace: string | undefined,
  bundle: string,
  deps: Dependencies,
  { aroundActivities, patience }: Pick<WorldUnderTestOptions, 'aroundActivities' | 'patience'>,
): Promise<{ stop(): Promise<void> }> {
  if (!installed)
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
    });
  installed = true;
  const { connection, namespace } = await connectWorker(address, inNamespace);
  const workers: Worker[] = await createWorkers({
    connection,
    namespace,
    workflowBundle: { codePath: bundle },
    deps,
    shutdownGraceTime: '2s',
    ...(patience ? { patience } : {}),
    ...(aroundActivities ? { aroundActivities } : {}),
  });
  const running = workers.map((worker) => worker.run());
  return {
    async stop() {
      workers.forEach((worker) => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
      });
      await Promise.all(running);
      await connection.close();
    },
  };
}

/** Text of a settlement file as bytes. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
