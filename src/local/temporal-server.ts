/** A Temporal server with its UI on this machine, as a child process. */
import { join } from 'node:path';
import { TieoutError } from '../errors/tieout-error.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { childEnvironment } from './child-environment.ts';
import { startProcess, type OwnedProcess } from './child-process.ts';
import { waitForPort } from './ports.ts';
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
    ...(options.uiPort === null ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
    ...(options.dbFile ? ['--db-filename', options.dbFile] : []),
    ...(options.codecEndpoint ? ['--ui-codec-endpoint', options.codecEndpoint] : []),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([, key]) => ['--search-attribute', `${key.name}=Keyword`]),
  ];
  const server = startProcess('Temporal', source.path, args, {
    logFile: join(options.logFolder, 'temporal.log'),
    env: childEnvironment('server'),
  });
  if (!(await waitForPort(options.port, 20_000, server.exited))) {
    await server.stop();
    throw new TieoutError({
      code: 'temporal-server',
      what: 'The Temporal server did not start.',
      notDone: 'Nothing was started.',
      where: [`${source.path}, port ${options.port}; its log is ${join(options.logFolder, 'temporal.log')}`],
      do: ['look into the log, or set TEMPORAL_ADDRESS to a running server'],
    });
  }
  return {
    address: `127.0.0.1:${options.port}`,
    uiUrl: options.uiPort === null ? null : `http://127.0.0.1:${options.uiPort}`,
    process: server,
    stop: () => server.stop(),
  };
}
