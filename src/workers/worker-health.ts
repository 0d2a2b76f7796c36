/**
 * Whether this worker process works, for whoever keeps containers up: `/health/live` (it answers) and `/health/ready` (its
 * workers poll, and Postgres answers it). What the product as a whole is like, `src/cli/health-main.ts` tells.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from '@temporalio/worker';
import { serverVersion, type Database } from '../store/database.ts';

const ANSWERS_WITHIN_MS = 5000;

/** Listens on loopback alone: the probe runs beside the process. @param port 0 takes a free one */
export async function serveWorkerHealth(
  port: number,
  workers: readonly Pick<Worker, 'getState'>[],
  db: Database,
): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const tell = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
    if (request.url === '/health/live') tell(200, { live: true });
    else if (request.url === '/health/ready')
      void problemsOf(workers, db).then((problems) =>
        tell(problems.length === 0 ? 200 : 503, { ready: problems.length === 0, problems }),
      );
    else tell(404, { error: 'there is /health/live and /health/ready' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // It keeps no process up.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function problemsOf(workers: readonly Pick<Worker, 'getState'>[], db: Database): Promise<string[]> {
  const states = workers.map((worker) => worker.getState()).filter((state) => state !== 'RUNNING');
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), ANSWERS_WITHIN_MS).unref();
  });
  const postgres = await Promise.race([serverVersion(db), late]).then(
    () => [],
    (error: unknown) => [`Postgres: ${(error as Error).message || 'does not answer'}`],
  );
  return [...(states.length === 0 ? [] : [`workers: ${states.join(', ')}`]), ...postgres];
}
