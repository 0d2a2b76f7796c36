/** The files of a cluster: made by initdb, and brought to the form of today where an earlier version made them. */
import { execFile, spawn } from 'node:child_process';
import { chownSync, closeSync, constants, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scramVerifier } from '../store/roles.ts';
import { childEnvironment } from './child-environment.ts';
import type { PostgresPlace } from './postgres-place.ts';
import { postgresRefused } from './postgres-refused.ts';

const run = promisify(execFile);

/** Made by initdb; signs in to set up the roles, and for nothing else. */
export const SUPERUSER = 'tieout';

/** Everyone proves who he is, and nobody comes from elsewhere: Postgres refuses what no line names. */
const ACCESS = `# Written by Tieout at every start.
host all all 127.0.0.1/32 scram-sha-256
`;

export const postgresEnvironment = () => childEnvironment('server', { LC_ALL: 'C', TZ: 'UTC' });

/** `synced`: what initdb writes is on the disk before it ends, as a real account wants. */
export async function makeOrMendCluster(
  place: PostgresPlace,
  superPassword: { text: string; unknown: boolean },
  synced: boolean,
): Promise<void> {
  const versionFile = join(place.dataFolder, 'PG_VERSION');
  if (!existsSync(versionFile)) await initialise(place, superPassword.text, synced);
  else {
    await refuseOtherMajor(place, readFileSync(versionFile, 'utf8').trim());
    // A cluster from before it had passwords, or whose file of passwords is gone.
    if (superPassword.unknown) await setSuperPassword(place, superPassword.text);
  }
  writeAccess(join(place.dataFolder, 'pg_hba.conf'));
}

/** Windows has no such flag, whatever its type says. */
const NO_FOLLOW = (constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

/** Never through a link: as root we write into a folder of another user. */
function writeAccess(file: string): void {
  const open = openSync(file, constants.O_WRONLY | constants.O_TRUNC | NO_FOLLOW);
  try {
    writeFileSync(open, ACCESS);
  } finally {
    closeSync(open);
  }
}

async function initialise(
  { user, dataFolder, binaries }: PostgresPlace,
  password: string,
  synced: boolean,
): Promise<void> {
  // initdb reads it as the user of Postgres. The verifier does for it what the password would.
  const passwordFile = `${dataFolder}.initdb-${process.pid}`;
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${scramVerifier(password)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (user) chownSync(passwordFile, user.uid, user.gid);
    await run(
      join(binaries, 'initdb'),
      [
        '-D',
        dataFolder,
        '-U',
        SUPERUSER,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--data-checksums',
        '--encoding=UTF8',
        '--locale=C',
        ...(synced ? [] : ['--no-sync']),
      ],
      { ...(user ?? {}), env: postgresEnvironment() },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Without a server and so without signing in: a single process on the data, as only their owner can start one. */
async function setSuperPassword({ user, dataFolder, binaries }: PostgresPlace, password: string): Promise<void> {
  const single = spawn(join(binaries, 'postgres'), ['--single', '-D', dataFolder, 'postgres'], {
    ...(user ?? {}),
    cwd: dataFolder,
    env: postgresEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  single.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  single.stdin.on('error', () => {});
  single.stdin.end(`alter role "${SUPERUSER}" password '${scramVerifier(password)}'\n`);
  const code = await new Promise<number | null>((resolve) =>
    single.once('close', resolve).once('error', () => resolve(null)),
  );
  if (code !== 0 || /^.*(ERROR|FATAL):/m.test(said))
    throw postgresRefused(
      'The cluster was made before it had passwords, and does not take one.',
      `${dataFolder}: ${said.trim().split('\n').at(-1) ?? `exit ${code}`}`,
      'end what still uses these data and start again',
    );
}

/** A newer minor version takes the data as they are; another major one does not (Postgres manual, 18.6 Upgrading a PostgreSQL Cluster). */
async function refuseOtherMajor({ binaries, dataFolder }: PostgresPlace, major: string): Promise<void> {
  const { stdout } = await run(join(binaries, 'postgres'), ['--version'], { env: postgresEnvironment() });
  const ours = /(\d+)(\.\d+)?/.exec(stdout)?.[1];
  if (ours === major) return;
  throw postgresRefused(
    'The data are of another major version of Postgres.',
    `${dataFolder} was made by Postgres ${major}, this is ${stdout.trim()}`,
    `bring them over with pg_dump and psql of Postgres ${major}, or set DATABASE_URL to a Postgres ${major} that serves them`,
  );
}
