/** Real worker processes beside a world under test: what dies is a process, not a promise. One that died is started again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretName } from '../../src/config/environment.ts';
import { childEnvironment } from '../../src/local/child-environment.ts';
import { superviseWorkers } from '../../src/local/supervise.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';
import { FailPointsFolder } from './fail-points-folder.ts';

export interface WorkerProcesses {
  readonly pids: number[];
  /** How each process that ended did so: signal or exit code. */
  readonly deaths: readonly (number | string)[];
  /** Where the next process that passes dies or hangs. */
  readonly points: FailPointsFolder;
  /** Every process of the moment, without a word to any; they are started again. */
  killAll(): void;
  stop(): Promise<void>;
}

/**
 * Starts workers that find everything by their environment; each of `deadly` kills the process that passes it first.
 * Workers that are `timed` look for no fail points, as in the product.
 */
export async function startWorkerProcesses(
  world: WorldUnderTest,
  { count = 1, deadly = [], timed = false }: { count?: number; deadly?: readonly string[]; timed?: boolean } = {},
): Promise<WorkerProcesses> {
  const { folder, databaseUrl, temporalAddress, bundle, configText, secrets, alertSecrets } = world.places;
  const config = join(folder, 'tieout.config.yaml');
  const key = join(folder, 'netsuite-key.pem');
  const points = new FailPointsFolder(join(folder, 'fail-points'));
  writeFileSync(config, configText);
  writeFileSync(key, secrets.netsuite.privateKeyPem, { mode: 0o600 });
  for (const point of deadly) points.add(point, 'SIGKILL');
  const secret = (name: string) => secretName(world.connection, name);
  const deaths: (number | string)[] = [];
  const supervised = await superviseWorkers(
    count,
    {
      ...childEnvironment('worker'),
      NODE_OPTIONS: '',
      TZ: 'UTC',
      TIEOUT_CONFIG: config,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TIEOUT_BUNDLE: bundle,
      ...(timed ? {} : { TIEOUT_FAIL_POINTS: points.path }),
      ...alertSecrets,
      [secret('AMAZON_CLIENT_ID')]: secrets.amazon.clientId,
      [secret('AMAZON_CLIENT_SECRET')]: secrets.amazon.clientSecret,
      [secret('AMAZON_REFRESH_TOKEN')]: secrets.amazon.refreshToken,
      [secret('NETSUITE_CLIENT_ID')]: secrets.netsuite.clientId,
      [secret('NETSUITE_CERTIFICATE_ID')]: secrets.netsuite.certificateId,
      [secret('NETSUITE_PRIVATE_KEY_FILE')]: key,
    },
    folder,
    { died: (_, how) => void deaths.push(how), back: () => {} },
  );
  return {
    get pids() {
      return supervised.pids;
    },
    deaths,
    killAll() {
      for (const pid of supervised.pids) process.kill(pid, 'SIGKILL');
    },
    points,
    stop: supervised.stop,
  };
}
