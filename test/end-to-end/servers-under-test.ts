/** Postgres and the Temporal server of one world under test: on ports that stay, so that either may go away and come back. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from '../../src/local/postgres.ts';
import { takePort } from '../../src/local/ports.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal, type RunningTemporal } from '../../src/local/temporal-server.ts';

export interface Servers {
  readonly postgres: RunningPostgres;
  readonly temporal: RunningTemporal;
  /** Ends every session at once, whatever it is doing, and starts again on the same data. */
  restartPostgres(): Promise<void>;
  /** SIGKILL to the postmaster: nothing is flushed, its sessions find themselves orphaned; what it comes back to is crash recovery. */
  killPostgres(): Promise<void>;
  /** SIGKILL, and a new server on the same port and the same file. */
  killTemporal(): Promise<void>;
  /** SIGKILL, and a new server that knows nothing: its database is gone. */
  loseTemporal(): Promise<void>;
  /** Keeps the data of Postgres as they are now, by the procedure of docs/operations/backup-and-restore.md. */
  backUpPostgres(): Promise<void>;
  /** Puts the data of the last backup in the place of those that are there: what came since is forgotten. `whileDown` ends the workers, as the procedure wants it. */
  restorePostgres(whileDown: () => void): Promise<void>;
  /** `work` takes something away and brings it back: what fails meanwhile is done again afterwards. */
  outage(work: () => Promise<void>): Promise<void>;
  /** How often the store has been set back to an older state. */
  readonly restored: number;
  /** Does `work`, again and again where a server went away meanwhile; any other failure stands. */
  through<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/**
 * `durable`: the Temporal server keeps its histories in a file; without it, it cannot be killed and come back. `namespaces`
 * are for worlds that share the servers.
 */
export async function startServers(
  folder: string,
  durable: boolean,
  namespaces: readonly string[] = [],
): Promise<Servers> {
  const ports = { postgres: (await takePort(0))!, temporal: (await takePort(0))! };
  const source = await findTemporal();
  if (source.kind === 'address' && namespaces.length > 0)
    throw new Error('worlds that share a Temporal server need one that is started for them: unset TEMPORAL_ADDRESS');
  const dbFile = durable ? { dbFile: join(folder, 'temporal.db') } : {};
  const openPostgres = (fresh: boolean) =>
    startPostgres({ port: ports.postgres, dataFolder: join(folder, 'postgres'), logFolder: folder, fresh });
  const copyOf = join(folder, 'postgres-backup');
  const copyData = async (restore: boolean, whileDown: () => void = () => {}) => {
    const data = postgres.dataFolder;
    await postgres.stop();
    whileDown();
    const [from, to] = restore ? [copyOf, data] : [data, copyOf];
    rmSync(to, { recursive: true, force: true });
    execFileSync('cp', ['-a', from, to]);
    postgres = await openPostgres(false);
  };
  const openTemporal = () =>
    startTemporal(source, { port: ports.temporal, uiPort: null, logFolder: folder, namespaces, ...dbFile });
  let postgres = await openPostgres(true);
  let temporal = await openTemporal().catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  let outages = 0;
  let restored = 0;
  // One after the other, and each is waited for before work that it broke is done again.
  let standing: Promise<void> = Promise.resolve();
  const outage = (work: () => Promise<void>): Promise<void> => {
    outages += 1;
    const done = standing.then(work);
    standing = done.catch(() => {});
    return done;
  };
  return {
    get postgres() {
      return postgres;
    },
    get temporal() {
      return temporal;
    },
    restartPostgres: () =>
      outage(async () => {
        await postgres.stop();
        postgres = await openPostgres(false);
      }),
    killPostgres: () =>
      outage(async () => {
        postgres.process.child.kill('SIGKILL');
        await postgres.process.exited;
        postgres = await openPostgres(false);
      }),
    killTemporal: () =>
      outage(async () => {
        if (temporal.process === null || !durable)
          throw new Error('this Temporal server cannot be killed: it is not ours, or keeps nothing');
        temporal.process.child.kill('SIGKILL');
        await temporal.process.exited;
        temporal = await openTemporal();
      }),
    loseTemporal: () =>
      outage(async () => {
        if (temporal.process === null || !durable)
          throw new Error('this Temporal server cannot be killed: it is not ours, or keeps nothing');
        temporal.process.child.kill('SIGKILL');
        await temporal.process.exited;
        for (const end of ['', '-shm', '-wal', '-journal']) rmSync(join(folder, `temporal.db${end}`), { force: true });
        temporal = await openTemporal();
      }),
    backUpPostgres: () => outage(() => copyData(false)),
    restorePostgres: (whileDown) =>
      outage(async () => {
        restored += 1;
        await copyData(true, whileDown);
      }),
    get restored() {
      return restored;
    },
    outage,
    async through(work) {
      for (;;) {
        await standing;
        const before = outages;
        try {
          return await work();
        } catch (error) {
          if (outages === before) throw error;
        }
      }
    },
    async stop() {
      await standing;
      await temporal.stop();
      await postgres.stop();
    },
  };
}
