import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { takePort } from '../../src/local/ports.ts';
import { startPostgres, type RunningPostgres } from '../../src/local/postgres.ts';

let folder: string;
let port: number;
let running: RunningPostgres | null = null;
const open = async (fresh: boolean) =>
  (running = await startPostgres({ port, dataFolder: join(folder, 'data'), logFolder: folder, fresh }));
/** A session; that it ends with its server is no error here. */
async function session({ ownerUrl }: RunningPostgres): Promise<pg.Client> {
  const client = new pg.Client(ownerUrl);
  client.on('error', () => {});
  await client.connect();
  return client;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-postgres-'));
  chmodSync(folder, 0o755);
  port = (await takePort(0))!;
});
afterAll(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a server killed while a session of it works for seconds more comes back with all that was committed', async () => {
  const server = await open(true);
  const [writing, working] = await Promise.all([session(server), session(server)]);
  await writing.query('create table kept (n int)');
  // It never waits, so it does not notice that its postmaster is gone before it is done.
  const work = working.query('select count(*) from generate_series(1, 20000000) n where n % 7 = 3').then(
    () => 'answered',
    () => 'cut off',
  );
  for (let n = 1; n <= 200; n += 1) await writing.query('insert into kept values ($1)', [n]);
  server.process.child.kill('SIGKILL');
  expect(await server.process.exited).toBe('SIGKILL');
  const again = await session(await open(false));
  expect((await again.query<{ n: number }>('select count(*)::int n from kept')).rows).toEqual([{ n: 200 }]);
  await Promise.all([again.end(), work]);
}, 60_000);

test('a server that a killed run left behind is stopped, and its folder taken over', async () => {
  const left = running!;
  const again = await session(await open(false));
  expect(await left.process.exited).toBe(0);
  expect((await again.query<{ n: number }>('select count(*)::int n from kept')).rows).toEqual([{ n: 200 }]);
  await again.end();
}, 60_000);

test('a process that has got the pid of a killed server since is left alone', async () => {
  const server = running!;
  server.process.child.kill('SIGKILL');
  await server.process.exited;
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    const pidFile = join(folder, 'data', 'postmaster.pid');
    // Postgres itself gives way to any living process under that pid, and that is for people to resolve.
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)));
    await open(false).catch(() => {});
    expect(stranger.signalCode).toBeNull();
  } finally {
    stranger.kill('SIGKILL');
  }
}, 60_000);
