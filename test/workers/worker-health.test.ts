import { expect, test } from '@jest/globals';
import { openStore } from '../../src/store/database.ts';
import { serveWorkerHealth } from '../../src/workers/worker-health.ts';

test('a worker whose database does not answer, or that shuts down, is not ready, and still lives', async () => {
  // Nothing listens on port 1.
  const store = openStore('postgres://nobody@127.0.0.1:1/none', { max: 1 });
  const states = ['RUNNING', 'RUNNING'] as ('RUNNING' | 'STOPPING')[];
  const health = await serveWorkerHealth(
    0,
    states.map((_, index) => ({ getState: () => states[index]! })),
    store.db,
  );
  const ready = async () => {
    const answer = await fetch(`${health.url}/health/ready`);
    return { status: answer.status, ...((await answer.json()) as { problems: string[] }) };
  };
  expect(await ready()).toMatchObject({ status: 503, problems: [expect.stringMatching(/^Postgres: .*ECONNREFUSED/)] });
  states[1] = 'STOPPING';
  expect((await ready()).problems).toEqual(['workers: STOPPING', expect.stringMatching(/^Postgres: /)]);
  expect((await fetch(`${health.url}/health/live`)).status).toBe(200);
  health.close();
  await store.close();
});
