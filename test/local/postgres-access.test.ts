import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startProcess } from '../../src/local/child-process.ts';
import { commandOf } from '../../src/local/command-of.ts';
import { takePort, waitForPort } from '../../src/local/ports.ts';
import { postgresPlace } from '../../src/local/postgres-place.ts';
import { startPostgres, type RunningPostgres } from '../../src/local/postgres.ts';
import { prepareSchema } from '../../src/store/migrated-schema.ts';
import { attemptAsAnother, AS_ROOT, othersMay } from './another-user.ts';

let folder: string;
let port: number;
let running: RunningPostgres;
const SECRET = 'TIEOUT_SHOP_US_NETSUITE_PRIVATE_KEY';
const dataFolder = () => join(folder, 'data');
const passwords = () => join(folder, 'data.keys', 'passwords.json');
const open = (fresh: boolean) =>
  startPostgres({ port, dataFolder: dataFolder(), logFolder: join(folder, 'logs'), fresh });
async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  return client
    .query<Row>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
const refusal = (url: string, text: string) =>
  query(url, text).then(
    () => 'done',
    (error: Error) => error.message,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-access-'));
  chmodSync(folder, 0o711);
  port = (await takePort(0))!;
  process.env[SECRET] = 'hush-1234';
  // As for a real account: nothing of before is thrown away.
  running = await open(false);
  await prepareSchema(running.url, running.ownerUrl);
}, 60_000);
afterAll(async () => {
  delete process.env[SECRET];
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('another user of the machine', () => {
  test('is asked for a password, whatever name he gives', () => {
    const { signIns } = attemptAsAnother({
      files: [],
      users: ['tieout', 'tieout_owner', 'tieout_product', 'postgres'],
      port,
    });
    expect(signIns).toEqual({
      tieout: 'asked for a password',
      tieout_owner: 'asked for a password',
      tieout_product: 'asked for a password',
      postgres: 'asked for a password',
    });
  });

  test('gets at no file of it, nor at its environment', () => {
    const paths = [dataFolder(), join(dataFolder(), 'PG_VERSION'), join(folder, 'data.keys'), passwords()];
    const environ = `/proc/${running.process.pid}/environ`;
    if (!AS_ROOT) return expect(paths.map(othersMay)).toEqual([0, 0, 0, 0]);
    const { files } = attemptAsAnother({ files: [...paths, environ], users: [], port });
    expect(files).toEqual(Object.fromEntries([...paths, environ].map((path) => [path, 'EACCES'])));
  });

  test('finds no password in what everybody may read: its arguments, its log', () => {
    const words = Object.values(JSON.parse(readFileSync(passwords(), 'utf8')) as Record<string, string>);
    expect(words.map((word) => word.length)).toEqual([43, 43, 43]);
    const said = [commandOf(running.process.pid)!, readFileSync(join(folder, 'logs', 'postgres.log'), 'utf8')].join(
      '\n',
    );
    expect(words.filter((word) => said.includes(word))).toEqual([]);
  });
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('the server has none of our secrets in its environment', () => {
  const environment = readFileSync(`/proc/${running.process.pid}/environ`, 'utf8')
    .split('\0')
    .map((entry) => entry.split('=')[0]);
  expect(process.env[SECRET]).toBe('hush-1234');
  expect(environment).toContain('PATH');
  expect(environment.filter((name) => /TIEOUT|DATABASE|TEMPORAL|NODE/.test(name!))).toEqual([]);
});

test("a real account's data have checksums and reach the disk before a commit is answered", async () => {
  const asked = ['data_checksums', 'fsync', 'synchronous_commit', 'full_page_writes', 'password_encryption'];
  const [row] = await query<Record<string, string>>(
    running.url,
    `select ${asked.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
  );
  expect(row).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    password_encryption: 'scram-sha-256',
  });
});

describe('the role of the product', () => {
  test("does the product's work: rows, COPY in, locks, news, statistics", async () => {
    await query(running.url, "insert into marks (connection, source, mark) values ('c', 's', '1')");
    await query(running.url, "update marks set mark = '2' where connection = 'c'");
    expect(await query(running.url, "select mark from marks where connection = 'c' for update")).toEqual([
      { mark: '2' },
    ]);
    await query(running.url, "delete from marks where connection = 'c'");
    await query(running.url, "select pg_advisory_lock(1, 2), pg_notify('news', 'x')");
    await query(running.url, 'analyze marks');
    // Numbers come from a sequence.
    await query(
      running.url,
      "insert into audit (connection, action, detail, decided_by, at) values ('c', 'a', '{}', 'maria', '2026-11-01T00:00:00Z')",
    );
  });

  test.each([
    ['create table mine (n int)', /permission denied for schema public/],
    ['create temporary table mine (n int)', /permission denied to create temporary tables/],
    ['create schema mine', /permission denied for database/],
    ['create database mine', /permission denied to create database/],
    ['create role mine superuser', /permission denied to create role/],
    ['alter table orders add column mine int', /must be owner of table orders/],
    ['drop table orders', /must be owner of table orders/],
    ['truncate orders', /permission denied for table orders/],
    ["copy (select 1) to program 'cat > /dev/null'", /permission denied to COPY to or from an external program/],
    ["copy marks from program 'id'", /permission denied to COPY to or from an external program/],
    ["copy (select 1) to '/tmp/mine'", /permission denied to COPY to a file/],
    ["select pg_read_file('/etc/passwd')", /permission denied for function pg_read_file/],
    ["insert into kysely_migration values ('9999-none', now())", /permission denied for table kysely_migration/],
    ['alter role tieout_product superuser', /permission denied to alter role/],
    ['set role tieout_owner', /permission denied to set role/],
  ])('may not: %s', async (statement, words) => {
    expect(await refusal(running.url, statement)).toMatch(words);
  });

  test('works with tables that a later migration makes', async () => {
    await query(running.ownerUrl, 'create table later (id int generated always as identity, n serial, what text)');
    expect(await query(running.url, "insert into later (what) values ('x') returning id, n")).toEqual([
      { id: 1, n: 1 },
    ]);
    expect(await refusal(running.url, 'truncate later')).toMatch(/permission denied/);
    await query(running.ownerUrl, 'drop table later');
  });

  test('runs no program as the owner either', async () => {
    expect(await refusal(running.ownerUrl, "copy (select 1) to program 'cat > /dev/null'")).toMatch(
      /permission denied/,
    );
  });
});

test("on a server of one's own the role of DATABASE_URL is made, with its password, by an owner who may make roles", async () => {
  const { superuser } = JSON.parse(readFileSync(passwords(), 'utf8')) as { superuser: string };
  const admin = `postgres://tieout:${superuser}@127.0.0.1:${port}`;
  await query(`${admin}/postgres`, 'create database own');
  const url = `postgres://worker:p%40ss@127.0.0.1:${port}/own`;
  await prepareSchema(url, `${admin}/own`);
  await prepareSchema(url, null);
  expect(
    await query(url, "insert into marks (connection, source, mark) values ('c', 's', '1') returning mark"),
  ).toEqual([{ mark: '1' }]);
  for (const statement of ['create table mine (n int)', 'truncate marks', 'alter table marks add column n int'])
    expect(await refusal(url, statement)).toMatch(/permission denied|must be owner/);
  // One that is there keeps its password.
  await prepareSchema(url.replace('p%40ss', 'other'), `${admin}/own`);
  expect(await refusal(url, 'select 1')).toBe('done');
}, 60_000);

describe('a cluster that was there', () => {
  test('keeps its passwords over a restart', async () => {
    const { url } = running;
    await running.stop();
    running = await open(false);
    expect(running.url).toBe(url);
    expect(await refusal(url, 'select 1')).toBe('done');
  }, 60_000);

  test('gets new passwords where the file of them is gone', async () => {
    const { url } = running;
    await running.stop();
    rmSync(passwords());
    running = await open(false);
    expect(running.url).not.toBe(url);
    expect(await refusal(running.url, 'select count(*) from orders')).toBe('done');
    expect(await refusal(url, 'select 1')).toMatch(/password authentication failed/);
  }, 60_000);

  test('is refused with passwords that are not its own, and the refusal says what to do', async () => {
    await running.stop();
    const right = readFileSync(passwords(), 'utf8');
    writeFileSync(passwords(), right.replace(/"superuser":"[^"]*"/, '"superuser":"other"'));
    await expect(open(false)).rejects.toMatchObject({
      notice: {
        code: 'postgres',
        where: [expect.stringContaining(passwords())],
        do: [expect.stringContaining('remove that file and start again'), expect.anything()],
      },
    });
    writeFileSync(passwords(), right);
    running = await open(false);
  }, 60_000);

  test('of a version that let everybody in is closed, and keeps its rows', async () => {
    await running.stop();
    const { user, binaries } = await postgresPlace(dataFolder());
    rmSync(dataFolder(), { recursive: true });
    rmSync(join(folder, 'data.keys'), { recursive: true });
    mkdirSync(dataFolder(), { mode: 0o700 });
    if (user) chownSync(dataFolder(), user.uid, user.gid);
    // As that version did.
    execFileSync(
      join(binaries, 'initdb'),
      ['-D', dataFolder(), '-U', 'tieout', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
      { ...(user ?? {}), stdio: 'ignore' },
    );
    const before = startProcess(
      'Postgres',
      join(binaries, 'postgres'),
      ['-D', dataFolder(), '-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      { ...(user ?? {}), cwd: dataFolder(), logFile: join(folder, 'logs', 'before.log'), stopSignal: 'SIGINT' },
    );
    await waitForPort(port, 30_000, before.exited);
    expect(attemptAsAnother({ files: [], users: ['tieout'], port }).signIns).toEqual({ tieout: 'let in' });
    await query(`postgres://tieout@127.0.0.1:${port}/postgres`, 'create database tieout');
    await prepareSchema(`postgres://tieout@127.0.0.1:${port}/tieout`, null);
    await query(
      `postgres://tieout@127.0.0.1:${port}/tieout`,
      "insert into marks (connection, source, mark) values ('kept', 's', '1')",
    );
    await before.stop();

    running = await open(false);
    await prepareSchema(running.url, running.ownerUrl);
    expect(attemptAsAnother({ files: [], users: ['tieout'], port }).signIns).toEqual({
      tieout: 'asked for a password',
    });
    expect(await query(running.url, 'select connection from marks')).toEqual([{ connection: 'kept' }]);
    expect(await refusal(running.url, 'truncate marks')).toMatch(/permission denied/);
    expect(await refusal(running.ownerUrl, 'alter table marks add column later text')).toBe('done');
  }, 60_000);

  test('of another major version is refused, and the refusal names both', async () => {
    await running.stop();
    const file = join(dataFolder(), 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '12\n');
    await expect(open(false)).rejects.toMatchObject({
      notice: {
        code: 'postgres',
        where: [expect.stringMatching(/made by Postgres 12, this is postgres \(PostgreSQL\) 1\d/)],
      },
    });
    writeFileSync(file, version);
  });
});

describe('a place that is not ours', () => {
  const start = (name: string) =>
    startPostgres({ port, dataFolder: join(folder, name), logFolder: folder, fresh: false });

  test('is refused where it is a link', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'linked'));
    await expect(start('linked')).rejects.toMatchObject({
      notice: { code: 'postgres', where: [`${join(folder, 'linked')}: it is a link`] },
    });
  });

  (AS_ROOT ? test : test.skip)('is refused where another user made it, data or keys', async () => {
    for (const made of ['foreign', 'keyed.keys']) {
      mkdirSync(join(folder, made));
      chownSync(join(folder, made), 65_534, 65_534);
      await expect(start(made.replace('.keys', ''))).rejects.toMatchObject({
        notice: {
          code: 'postgres',
          where: [expect.stringContaining(`${join(folder, made)}: it belongs to user 65534`)],
        },
      });
    }
  });

  (AS_ROOT ? test : test.skip)(
    'is never in the temporary folder: what root cannot share goes to a folder of root',
    async () => {
      const hidden = join(folder, 'hidden');
      mkdirSync(hidden, { mode: 0o700 });
      const wanted = join(hidden, 'data');
      const place = await postgresPlace(wanted);
      expect(place.dataFolder).toMatch(/^\/var\/lib\/tieout\/postgres-[0-9a-f]{16}$/);
      try {
        const server = await startPostgres({ port, dataFolder: wanted, logFolder: hidden, fresh: true });
        expect(server.dataFolder).toBe(place.dataFolder);
        expect(await refusal(server.url, 'select 1')).toBe('done');
        expect(
          attemptAsAnother({ files: ['/var/lib/tieout', place.dataFolder, join(hidden, 'data.keys')], users: [], port })
            .files,
        ).toEqual({ '/var/lib/tieout': 'EACCES', [place.dataFolder]: 'EACCES', [join(hidden, 'data.keys')]: 'EACCES' });
        await server.stop();
        expect(existsSync(place.dataFolder)).toBe(false);
      } finally {
        rmSync(place.dataFolder, { recursive: true, force: true });
      }
      // Data from when they could be reached where they are: not left behind in silence.
      mkdirSync(wanted);
      writeFileSync(join(wanted, 'PG_VERSION'), '17\n');
      chownSync(wanted, place.user!.uid, place.user!.gid);
      await expect(startPostgres({ port, dataFolder: wanted, logFolder: hidden, fresh: false })).rejects.toMatchObject({
        notice: { do: [`if they are yours: mv ${wanted} ${place.dataFolder}; if not, remove them`] },
      });
      expect(existsSync(place.dataFolder)).toBe(false);
    },
    60_000,
  );
});
