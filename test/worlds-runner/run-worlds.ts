/** Worlds in one Postgres and one Temporal server: each has a database, a namespace and simulators of its own. */
import { mkdtempSync, chmodSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import pg from 'pg';
import { startServers, type Servers } from '../end-to-end/servers-under-test.ts';
import type { WorldPlace } from '../end-to-end/world-under-test.ts';
import { runWorld, type WorldResult } from './run-world.ts';

/** They wait more than they compute; Postgres has connections for so many. */
const AT_ONCE = 4;

/** Runs them in any order and answers in theirs; `done` hears of each as it ends. */
export async function runWorlds(
  paths: readonly string[],
  done: (result: WorldResult) => void = () => {},
): Promise<WorldResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-worlds-'));
  chmodSync(folder, 0o755);
  const namespaces = paths.map((_, index) => `world-${index + 1}`);
  const servers = await startServers(folder, false, namespaces);
  try {
    return await pMap(
      paths,
      async (path, index) => {
        const result = await runWorld(path, path.split('/').at(-1)!, () => placeOf(servers, namespaces[index]!));
        done(result);
        return result;
      },
      { concurrency: AT_ONCE },
    );
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function placeOf(servers: Servers, namespace: string): Promise<WorldPlace> {
  const database = namespace.replaceAll('-', '_');
  const client = new pg.Client({ connectionString: servers.postgres.ownerUrl });
  await client.connect();
  try {
    await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  const inside = (address: string) => Object.assign(new URL(address), { pathname: `/${database}` }).href;
  return { servers, databaseUrl: inside(servers.postgres.url), ownerUrl: inside(servers.postgres.ownerUrl), namespace };
}

/** Folders of a folder, or those of them that are named, in full or by how they begin (`07`). A name that fits none, or several, is a folder that is not there. */
export function worldsIn(dir: string, names: readonly string[]): string[] {
  const all = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) return all.map((name) => join(dir, name));
  return names.map((given) => {
    const begun = all.filter((name) => name.startsWith(`${given}-`));
    return join(dir, all.includes(given) || begun.length !== 1 ? given : begun[0]!);
  });
}
