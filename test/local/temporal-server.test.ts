import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takePort } from '../../src/local/ports.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal } from '../../src/local/temporal-server.ts';
import { connectClient } from '../../src/temporal/connection.ts';

let folder: string;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-temporal-'));
  port = (await takePort(0))!;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ port, uiPort: null, logFolder: folder, namespaces: ['second'] });

test('a port that another answers on is not a server of ours: after three tries it says so', async () => {
  const another = createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end('not Temporal\n'),
  );
  await new Promise<void>((resolve) => another.listen(port, '127.0.0.1', resolve));
  await expect(startTemporal(await findTemporal(), options())).rejects.toMatchObject({ code: 'temporal-server' });
  await new Promise((resolve) => another.close(resolve));
  expect(readFileSync(join(folder, 'temporal.log'), 'utf8').match(/address already in use/g)).toHaveLength(3);
});

test('once it is started, each namespace can be worked with at once', async () => {
  const server = await startTemporal(await findTemporal(), options());
  for (const namespace of ['default', 'second']) {
    const { client, close } = await connectClient(server.address, undefined, namespace);
    expect(await client.workflow.count()).toMatchObject({ count: 0 });
    await close();
  }
  await server.stop();
});

test('a free port is none that the system hands out by itself', async () => {
  for (let tried = 0; tried < 20; tried += 1) {
    const free = (await takePort(0))!;
    expect(free).toBeGreaterThanOrEqual(20_000);
    expect(free).toBeLessThan(32_000);
  }
});
