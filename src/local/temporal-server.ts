/** A Temporal server with its UI on this machine, as a child process. */
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { TieoutError } from '../errors/tieout-error.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { childEnvironment } from './child-environment.ts';
import { startProcess, type OwnedProcess } from './child-process.ts';
import { portAnswers } from './ports.ts';
import type { TemporalSource } from './temporal-binary.ts';

export interface RunningTemporal {
  address: string;
  uiUrl: string | null;
  process: OwnedProcess | null;
  stop(): Promise<void>;
}

export interface TemporalOptions {
  port: number;
  /** Null starts it without its UI. */
  uiPort: number | null;
  logFolder: string;
  /** Keeps everything over restarts; without it the server lives in memory. */
  dbFile?: string;
  codecEndpoint?: string;
  /** Beside `default`: each is a world of its own. */
  namespaces?: readonly string[];
}

const OPEN_WITHIN_MS = 20_000;
const ANSWERS_WITHIN_MS = 1000;
/** It takes ports for its own parts as it starts, which may be another's a moment later: then it ends at once. */
const STARTS = 3;

/**
 * A dev server has one shard, and a shard reads each queue of its tasks at most 20 times a second unless told otherwise
 * (`TransferProcessorMaxPollRPS`, temporal/common/dynamicconfig/constants.go): with little to do, each step of a workflow
 * would wait up to 50 ms for the next reading.
 */
const AS_OFTEN_AS_NEEDED = ['transfer', 'timer', 'visibility'].flatMap((queue) => [
  '--dynamic-config-value',
  `history.${queue}ProcessorMaxPollRPS=1000`,
]);

export async function startTemporal(source: TemporalSource, options: TemporalOptions): Promise<RunningTemporal> {
  if (source.kind === 'address') return { address: source.address, uiUrl: null, process: null, stop: async () => {} };
  const args = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(options.port),
    '--namespace',
    'default',
    ...(options.namespaces ?? []).flatMap((name) => ['--namespace', name]),
    '--log-format',
    'json',
    '--log-level',
    'warn',
    ...AS_OFTEN_AS_NEEDED,
    ...(options.uiPort === null ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
    ...(options.dbFile ? ['--db-filename', options.dbFile] : []),
    ...(options.codecEndpoint ? ['--ui-codec-endpoint', options.codecEndpoint] : []),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([, key]) => ['--search-attribute', `${key.name}=Keyword`]),
  ];
  const server = await openedServer(source.path, args, options);
  if (server === null)
    throw new TieoutError({
      code: 'temporal-server',
      what: 'The Temporal server did not start.',
      notDone: 'Nothing was started.',
      where: [`${source.path}, port ${options.port}; its log is ${join(options.logFolder, 'temporal.log')}`],
      do: ['look into the log, or set TEMPORAL_ADDRESS to a running server'],
    });
  return {
    address: `127.0.0.1:${options.port}`,
    uiUrl: options.uiPort === null ? null : `http://127.0.0.1:${options.uiPort}`,
    process: server,
    stop: () => server.stop(),
  };
}

/** The server once it answers as Temporal does; null when it is not to be had. */
async function openedServer(
  path: string,
  args: readonly string[],
  options: TemporalOptions,
): Promise<OwnedProcess | null> {
  for (let tried = 0; tried < STARTS; tried += 1) {
    const server = startProcess('Temporal', path, args, {
      logFile: join(options.logFolder, 'temporal.log'),
      env: childEnvironment('server'),
      // One that lives in memory has nothing to bring to an end.
      ...(options.dbFile === undefined ? { stopSignal: 'SIGKILL' as const } : {}),
    });
    if (await answers(server, options)) return server;
    await server.stop();
  }
  return null;
}

/** An open port is not enough: it may be another's, which answers while ours has ended for want of it. */
async function answers(server: OwnedProcess, { port, namespaces = [] }: TemporalOptions): Promise<boolean> {
  const until = performance.now() + OPEN_WITHIN_MS;
  const hasEnded = () => server.child.exitCode !== null || server.child.signalCode !== null;
  while (!hasEnded() && performance.now() < until) {
    const open = await Promise.all(['default', ...namespaces].map((name) => knowsNamespace(port, name)));
    if (open.every(Boolean)) return !hasEnded();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function knowsNamespace(port: number, namespace: string): Promise<boolean> {
  if (!(await portAnswers(port))) return false;
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  try {
    const within = Date.now() + ANSWERS_WITHIN_MS;
    await connection.withDeadline(within, () => connection.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
