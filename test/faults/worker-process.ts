/** Real worker processes beside a world under test: what dies is a process, not a promise. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secretName } from '../../src/config/environment.ts';
import type { OwnedProcess } from '../../src/local/child-process.ts';
import { startEntry } from '../../src/local/supervise.ts';
import type { WorldUnderTest } from '../end-to-end/world-under-test.ts';

const ENTRY = fileURLToPath(new URL('../../src/workers/main.ts', import.meta.url));

/** Starts a worker that finds everything by its environment; with a fail-point it kills itself there. */
export async function startWorker(world: WorldUnderTest, failPoint?: string): Promise<OwnedProcess> {
  const { folder, databaseUrl, temporalAddress, bundle, configText, secrets } = world.places;
  const config = join(folder, 'tieout.config.yaml');
  const key = join(folder, 'netsuite-key.pem');
  writeFileSync(config, configText);
  writeFileSync(key, secrets.netsuite.privateKeyPem, { mode: 0o600 });
  const secret = (name: string) => secretName(world.connection, name);
  const { process: owned } = await startEntry('worker', ENTRY, {
    ...process.env, NODE_OPTIONS: '', TZ: 'UTC', TIEOUT_CONFIG: config, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, TIEOUT_BUNDLE: bundle,
    [secret('AMAZON_CLIENT_ID')]: secrets.amazon.clientId, [secret('AMAZON_CLIENT_SECRET')]: secrets.amazon.clientSecret, [secret('AMAZON_REFRESH_TOKEN')]: secrets.amazon.refreshToken,
    [secret('NETSUITE_CLIENT_ID')]: secrets.netsuite.clientId, [secret('NETSUITE_CERTIFICATE_ID')]: secrets.netsuite.certificateId, [secret('NETSUITE_PRIVATE_KEY_FILE')]: key,
    ...(failPoint === undefined ? {} : { TIEOUT_FAIL_POINT: failPoint }),
  }, folder);
  return owned;
}

/** One worker after the other, each killed at its point, and one at last that is not; resolves with how each ended. */
export async function runKilledAt(world: WorldUnderTest, points: readonly string[], work: () => Promise<void>): Promise<{ point: string; died: boolean }[]> {
  const ends: { point: string; died: boolean }[] = [];
  let over = false;
  const shift = (async () => {
    for (const point of [...points, null]) {
      if (over) {
        if (point !== null) ends.push({ point, died: false });
        continue;
      }
      const worker = await startWorker(world, point ?? undefined);
      const how = await Promise.race([worker.exited, whenOver()]);
      if (how === 'over') await worker.stop(5_000);
      if (point !== null) ends.push({ point, died: how === 'SIGKILL' });
    }
  })();
  async function whenOver(): Promise<'over'> {
    while (!over) await new Promise((resolve) => setTimeout(resolve, 100));
    return 'over';
  }
  try {
    await work();
  } finally {
    over = true;
    await shift;
  }
  return ends;
}
