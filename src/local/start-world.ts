/** A whole world on one machine: Postgres, Temporal with its UI, the simulators, the workers and the schedules. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../config/environment.ts';
import { readConfig } from '../config/read-config.ts';
import { runFile, type RunningWorld } from '../config/running-world.ts';
import { prepareSchema } from '../store/migrated-schema.ts';
import { startCodecServer } from '../temporal/codec-server.ts';
import { dataConverterOf } from '../temporal/payload-codec.ts';
import { TieoutError } from '../errors/tieout-error.ts';
import { childEnvironment } from './child-environment.ts';
import type { OwnedProcess } from './child-process.ts';
import { closeFiles } from './close-files.ts';
import { writeDemoConfiguration } from './demo-configuration.ts';
import { keepUp, type Server } from './keep-up.ts';
import { stopLeftBehind, writeChildren, type OwnedPid } from './left-behind.ts';
import { deleteOldLogs, layLogsBy } from './old-logs.ts';
import { ownedFolder } from './owned-folder.ts';
import { startPostgres } from './postgres.ts';
import type { WorldSource } from './simulated-world.ts';
import type { SimulatorsReady } from './simulators-main.ts';
import { startEntry, superviseWorkers } from './supervise.ts';
import { findTemporal } from './temporal-binary.ts';
import { healthPortOf, portOf, refuseTakenPorts } from './world-ports.ts';
import { startTemporal, type RunningTemporal } from './temporal-server.ts';
import { buildWorkflowBundle } from './workflow-bundle.ts';

export interface WorldOptions {
  home: string;
  ports: { postgres: number; temporal: number; temporalUi: number; amazon: number; netsuite: number; health: number };
  workers: number;
  /** The simulated world, or null for real accounts with this configuration. */
  simulate: { source: WorldSource } | null;
  config: string | null;
  /** Told as each part comes up. */
  step(name: string, detail: string, seconds: number): void;
  workerDied(index: number, how: number | string): void;
  workerBack(index: number): void;
  /** A server ended by itself; `comesBack` unless all that it knew went with it. */
  serverDied(name: string, how: number | string, comesBack: boolean): void;
  serverBack(name: string): void;
}

export interface StartedWorld {
  run: RunningWorld;
  title: string | null;
  stop(stopped: (name: string) => void): Promise<void>;
  /** Fails once a part is gone without which the world cannot go on. */
  lost: Promise<never>;
}

/** Days for which logs are kept: of several connections' the longest, since they share them. */
function longestLogs(config: string): number {
  return Math.max(...readConfig(config).connections.map(({ retention }) => Number(retention.logs.slice(0, -1))));
}

const DAY_MS = 86_400_000;

/** Before anything writes, and once a day from then on. */
function keepLogsTidy(logs: string, days: number): void {
  if (existsSync(logs)) layLogsBy(logs, days, Date.now());
  setInterval(() => deleteOldLogs(logs, days, Date.now()), DAY_MS).unref();
}

export async function startWorld(options: WorldOptions): Promise<StartedWorld> {
  const { home, step } = options;
  const logs = join(home, 'logs');
  const simulated = options.simulate !== null;
  // Addresses with passwords, keys and the data of real accounts stand in it.
  ownedFolder(home, 0o700);
  for (const folder of [home, logs, join(home, 'sim')]) closeFiles(folder);
  await stopLeftBehind(home);
  if (simulated) rmSync(logs, { recursive: true, force: true });
  else if (options.config !== null) keepLogsTidy(logs, longestLogs(options.config));
  const started: { name: string; stop(): Promise<void> }[] = [];
  const children: OwnedPid[] = [];
  const owns = (name: string, pids: readonly number[]) => {
    children.push(...pids.map((pid) => ({ name, pid })));
    writeChildren(home, children);
  };
  let lose: (error: TieoutError) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  // Whoever waits for it hears of it; a world that is not up yet fails by itself.
  lost.catch(() => {});
  const keep = (name: string, server: Server, again: (() => Promise<Server>) | null) => {
    const kept = keepUp(server, again, {
      died(how) {
        options.serverDied(name, how, again !== null);
        if (again === null) lose(partLost(name, how));
      },
      back(pid) {
        owns(name, [pid]);
        options.serverBack(name);
      },
    });
    started.push({ name, stop: kept.stop });
    owns(name, [server.process.pid]);
  };
  const stop = async (stopped: (name: string) => void) => {
    rmSync(runFile(home), { force: true });
    for (const part of started.reverse()) {
      await part.stop().catch(() => {});
      stopped(part.name);
    }
  };
  const timed = async <T>(work: () => Promise<T>, words: (result: T) => [string, string]): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    const [name, detail] = words(result);
    step(name, detail, (performance.now() - begun) / 1000);
    return result;
  };
  const codec = options.config === null ? undefined : dataConverterOf(readConfig(options.config), process.env);
  try {
    await refuseTakenPorts(options);
    const source = await timed(
      () => findTemporal(),
      (found) =>
        found.kind === 'address'
          ? ['Temporal', `${found.address} (TEMPORAL_ADDRESS)`]
          : ['Temporal CLI', `${found.version} (${found.from})`],
    );
    const said = readEnvironment();
    const database =
      said.databaseUrl !== null
        ? { url: said.databaseUrl, ownerUrl: said.databaseOwnerUrl }
        : await timed(
            async () => {
              const where = {
                port: await portOf(options.ports.postgres, 'Postgres'),
                dataFolder: join(home, simulated ? 'postgres-demo' : 'postgres'),
                logFolder: logs,
              };
              const postgres = await startPostgres({ ...where, fresh: simulated });
              keep('Postgres', postgres, () => startPostgres({ ...where, fresh: false }));
              return postgres;
            },
            (postgres) => [
              'Postgres',
              `${postgres.version} on 127.0.0.1:${new URL(postgres.url).port}, data in ${dirname(postgres.dataFolder) === home ? '.tieout/' : postgres.dataFolder}`,
            ],
          );
    await prepareSchema(database.url, database.ownerUrl);
    const databaseUrl = database.url;
    const temporal = await timed(
      async () => {
        const uiPort = source.kind === 'address' ? 0 : await portOf(options.ports.temporalUi, 'Temporal UI');
        const codecServer =
          codec && options.ports.temporalUi !== 0
            ? await startCodecServer({
                codec: codec.payloadCodecs![0]!,
                uiOrigin: `http://127.0.0.1:${uiPort}`,
                port: 0,
              })
            : null;
        if (codecServer) started.push({ name: 'codec server', stop: () => codecServer.close() });
        const where = {
          ...(codecServer ? { codecEndpoint: codecServer.url } : {}),
          port: source.kind === 'address' ? 0 : await portOf(options.ports.temporal, 'Temporal'),
          uiPort,
          logFolder: logs,
          ...(simulated ? {} : { dbFile: join(home, 'temporal.db') }),
        };
        const server = await startTemporal(source, where);
        if (isOurs(server)) {
          keep(
            'Temporal',
            server,
            simulated
              ? null
              : async () => {
                  const again = await startTemporal(source, where);
                  if (!isOurs(again)) throw new Error('bug: a Temporal server that was ours is not any more');
                  return again;
                },
          );
        }
        return server;
      },
      (server) => ['Temporal', server.address],
    );

    const simulators = options.simulate === null ? null : await startSimulators(options, logs, timed);
    if (simulators) {
      keep('simulators', { process: simulators.process, stop: () => simulators.process.stop() }, null);
    }
    const demo = simulators
      ? await timed(
          async () => writeDemoConfiguration(home, simulators.ready),
          () => ['seed', seedOf(simulators.ready)],
        )
      : null;
    const config = demo?.file ?? options.config!;
    const run: RunningWorld = {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      config,
      databaseUrl,
      temporal: { address: temporal.address, uiUrl: temporal.uiUrl },
      healthUrl: `http://127.0.0.1:${await healthPortOf(options.ports.health)}`,
      simulators: simulators
        ? { amazonUrl: simulators.ready.amazon.url, netsuiteUrl: simulators.ready.netsuite.url }
        : null,
      keyFiles: demo ? [demo.keyFile] : [],
    };
    await timed(
      async () => {
        const bundle = await buildWorkflowBundle(home, codec?.failureConverterPath);
        const env = childEnvironment('worker', {
          TZ: 'UTC',
          TIEOUT_CONFIG: config,
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: temporal.address,
          TIEOUT_BUNDLE: bundle.path,
          // Several processes on one machine: their parent sees whether they live.
          TIEOUT_WORKER_HEALTH_PORT: '',
          ...demo?.environment,
        });
        const supervised = await superviseWorkers(options.workers, env, logs, {
          died: options.workerDied,
          back: options.workerBack,
        });
        started.push({ name: 'workers', stop: supervised.stop });
        owns('workers', supervised.pids);
        return bundle;
      },
      (bundle) => [
        'workers',
        `${options.workers} ${options.workers === 1 ? 'process' : 'processes'}, bundle ${bundle.hash}`,
      ],
    );
    writeFileSync(runFile(home), `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
    return { run, title: simulators?.ready.title ?? null, stop, lost };
  } catch (error) {
    await stop(() => {});
    throw error;
  }
}

function isOurs(server: RunningTemporal): server is RunningTemporal & { process: OwnedProcess } {
  return server.process !== null;
}

/** The demo's Temporal and the simulators keep everything in memory. */
function partLost(name: string, how: number | string): TieoutError {
  const ended = typeof how === 'string' ? `was killed (${how})` : `ended (exit ${how})`;
  return new TieoutError({
    code: 'part-lost',
    what: `${name === 'simulators' ? 'The process of the simulators' : name} ${ended}, and what it knew was in its memory.`,
    notDone: 'The month was not finished.',
    where: [`process ${name}, see its log`],
    do: ['npm start begins it afresh'],
  });
}

async function startSimulators(
  options: WorldOptions,
  logs: string,
  timed: <T>(work: () => Promise<T>, words: (result: T) => [string, string]) => Promise<T>,
) {
  const { amazon, netsuite } = options.ports;
  return timed(
    async () => {
      const simulate = {
        source: options.simulate!.source,
        amazonPort: await portOf(amazon, 'Amazon simulator'),
        netsuitePort: await portOf(netsuite, 'NetSuite simulator'),
        clockAt: 'first',
      };
      return startEntry<SimulatorsReady>(
        'simulators',
        fileURLToPath(new URL('./simulators-main.ts', import.meta.url)),
        childEnvironment('simulators', { TZ: 'UTC', TIEOUT_SIMULATE: JSON.stringify(simulate) }),
        logs,
      );
    },
    ({ ready }) => [
      'simulators',
      `Amazon :${new URL(ready.amazon.url).port}, NetSuite :${new URL(ready.netsuite.url).port}`,
    ],
  );
}

function seedOf({ name, counts: { orders, settlements, bankLines } }: SimulatorsReady): string {
  return `${name}: ${orders} orders, ${settlements} ${settlements === 1 ? 'payout' : 'payouts'}${bankLines > 0 ? ', 1 statement' : ''}`;
}
