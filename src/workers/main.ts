/**
 * A worker process. It finds everything by its environment: TIEOUT_CONFIG, DATABASE_URL (and DATABASE_OWNER_URL, where it
 * shall migrate), TEMPORAL_…, TIEOUT_BUNDLE (the prebuilt workflow bundle), TIEOUT_CONNECTIONS (names of those that it
 * serves; all without it), TIEOUT_WORKER_HEALTH_PORT (where it says whether it works; nowhere without it), and their secrets.
 */
import { bundleWorkflowCode, Runtime } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import type { ConnectionClients, Dependencies } from '../activities/dependencies.ts';
import type { ConnectionSettings, TieoutConfig } from '../config/connection.ts';
import { readAlertSecrets } from '../config/alert-secrets.ts';
import { peopleOf } from '../config/people.ts';
import { readConfig } from '../config/read-config.ts';
import { readEnvironment, readSecrets, refuseSharedMarketplaces, servedConnections } from '../config/environment.ts';
import { whoActs } from '../config/who-acts.ts';
import { instantOf } from '../domain/money/instant.ts';
import { recordConfiguration } from '../store/audit/configuration.ts';
import { openStore, type Database } from '../store/database.ts';
import { noteAmazonCall } from '../store/limits/gauges.ts';
import { prepareSchema } from '../store/migrated-schema.ts';
import { analyseUnknown } from '../store/statistics.ts';
import { connectClient } from '../temporal/connection.ts';
import { dataConverterOf } from '../temporal/payload-codec.ts';
import { connectWorker } from '../temporal/worker-connection.ts';
import { boundHeap } from './bounded-heap.ts';
import { connectAlerts } from './connect-alerts.ts';
import { connectClients } from './connect-clients.ts';
import { scheduledConnections } from '../temporal/scheduled-connections.ts';
import { keepStanding } from './keep-standing.ts';
import { failPointsIn } from './fail-points.ts';
import { log, logEnd, temporalLogger } from './log.ts';
import { demoClock, realClock } from './product-clock.ts';
import { openSlots } from './open-slots.ts';
import { serveWorkerHealth } from './worker-health.ts';
import { createWorkers } from './start-workers.ts';

/** Beside a demo clock a try costs seconds (`productPolicy`), and nobody watches for a quarter of an hour. */
const DEMO_PATIENCE = { afterMs: 2 * 60_000 };

async function main(): Promise<void> {
  boundHeap();
  Runtime.install({
    logger: temporalLogger(),
    telemetryOptions: { logging: { filter: 'WARN', forward: {} } },
  });
  const config = readConfig(required('TIEOUT_CONFIG'));
  const served = servedConnections(config.connections);
  const databaseUrl = required('DATABASE_URL');
  await prepareSchema(databaseUrl, readEnvironment().databaseOwnerUrl);
  const store = openStore(databaseUrl, { max: 20 });
  const analysed = await analyseUnknown(store.db);
  if (analysed.length > 0) log.info({ tables: analysed }, 'analysed tables that had no statistics');
  const clock = config.demoClock ? demoClock(config.demoClock) : realClock();
  await clock.now();
  // A demo clock jumps; those who do not ask it are told soon after.
  if (config.demoClock) setInterval(() => void clock.now().catch(() => {}), 1000).unref();
  refuseSharedMarketplaces(config.connections);
  for (const settings of config.connections) await recordStart(store.db, settings, config, instantOf(clock.latest()));
  const clients = new Map<string, ConnectionClients>();
  const slots = await openSlots(databaseUrl, served, config.connections);
  for (const settings of served)
    clients.set(
      settings.name,
      connectClients({
        settings,
        secrets: readSecrets(settings),
        slots: slots.get(settings.netsuite.account)!,
        realNow: Date.now,
        // Only the display reads it: a call does not wait for it, nor fail with it.
        onAmazonCall: (call) => void noteAmazonCall(store.db, settings.name, call, clock.latest()).catch(() => {}),
      }),
    );
  const dataConverter = dataConverterOf(config, process.env);
  const temporal = await connectClient(undefined, dataConverter);
  const worker = await connectWorker();
  const deps: Dependencies = {
    store,
    configured: config.connections,
    people: config.people,
    ...(config.alerts ? { alerts: connectAlerts(config.alerts, readAlertSecrets(config.alerts)) } : {}),
    clients,
    temporal: temporal.client,
    now: () => clock.now(),
    latest: () => instantOf(clock.latest()),
    realNow: Date.now,
    reportPollMs: config.demoClock ? 150 : 15_000,
    failPoint: failPointsIn(process.env['TIEOUT_FAIL_POINTS']),
  };
  const bundle = process.env['TIEOUT_BUNDLE'];
  const workflowBundle = bundle
    ? { codePath: bundle }
    : await bundleWorkflowCode({
        workflowsPath: fileURLToPath(new URL('../workflows/all-workflows.ts', import.meta.url)),
        ...(dataConverter?.failureConverterPath ? { failureConverterPath: dataConverter.failureConverterPath } : {}),
      });
  const workers = await createWorkers({
    ...worker,
    workflowBundle,
    deps,
    stickyTimeout: config.demoClock ? '5s' : '10s',
    ...(config.demoClock ? { patience: DEMO_PATIENCE } : {}),
    ...(dataConverter ? { dataConverter } : {}),
  });
  const stop = () =>
    workers.forEach((running) => {
      if (running.getState() === 'RUNNING') running.shutdown();
    });
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => {});
  // The parent that started this process is gone: nothing may stay behind.
  process.on('disconnect', stop);
  await keepStanding(temporal.client, scheduledConnections(config), (line) => log.warn(line));
  const { workerHealthPort } = readEnvironment();
  if (workerHealthPort !== null) await serveWorkerHealth(workerHealthPort, workers, store.db);
  process.send?.('ready');
  await Promise.all(workers.map((running) => running.run()));
  await Promise.all([
    worker.connection.close(),
    temporal.close(),
    store.close(),
    ...[...slots.values()].map((shared) => shared.close()),
  ]);
}

/** Whoever starts with other settings than before did something: it stands in the record. */
async function recordStart(
  db: Database,
  settings: ConnectionSettings,
  { people, alerts }: Pick<TieoutConfig, 'people' | 'alerts'>,
  at: string,
): Promise<void> {
  const roles = Object.fromEntries(peopleOf(people, settings.name) ?? []);
  const changed = await recordConfiguration(
    db,
    settings.name,
    { ...settings, people: roles, ...(alerts ? { alerts } : {}) },
    { by: whoActs(), at },
  );
  if (changed !== null) log.info({ connection: settings.name, changed }, 'the configuration is another');
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    logEnd(error);
    process.exit(1);
  },
);
