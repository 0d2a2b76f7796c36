/** The procedure of docs/operations/backup-and-restore.md on a small month, from the dump to the tie-out: what `npm run rehearse` prints and a test holds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { besideReconciler } from '../beside-reconciler.ts';
import { documentsPosted } from '../documents-posted.ts';
import { liveThrough, openSmallMonth, type MonthResult } from '../small-month.ts';
import { startWorkerProcesses, type WorkerProcesses } from '../worker-process.ts';
import { dumpTables, restoreTables, unknownToThePlanner } from './dump-tables.ts';

export interface Rehearsal {
  result: MonthResult;
  unknown: string[];
  withoutStatistics: string[];
}

/** Documents in NetSuite when the dump is taken, and when everything is lost. */
const DUMPED_AT = 5;
const LOST_AT = 14;

export async function rehearseRestore(say: (line: string) => void): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'tieout-dump-'));
  const world = await openSmallMonth({ workers: 'none', durable: true, policy: { heartbeat: '2s' } });
  let workers: WorkerProcesses | null = null;
  try {
    workers = await startWorkerProcesses(world);
    const posted = () => documentsPosted(world);
    const before = await posted();
    let withoutStatistics: string[] = [];
    const loseAll = async () => {
      await world.until(posted, (count) => count - before >= DUMPED_AT, 120);
      say(
        `1  dumped while the month went on: ${await dumpTables(world.servers.postgres.url, folder)} tables, ${(await posted()) - before} documents in NetSuite`,
      );
      await world.until(posted, (count) => count - before >= LOST_AT, 120);
      say(`2  lost: workers, store and Temporal's database, ${(await posted()) - before} documents in NetSuite`);
      await world.servers.outage(async () => {
        await workers!.stop();
        workers = null;
        await restoreTables(world.servers.postgres.url, world.servers.postgres.ownerUrl, folder);
        withoutStatistics = await unknownToThePlanner(world.servers.postgres.url);
      });
      say(`3  restored, without statistics of ${withoutStatistics.length} tables`);
      await world.servers.loseTemporal();
      workers = await startWorkerProcesses(world);
      say('4  workers started again; what was read, told and posted since the dump comes back');
    };
    const [result] = await Promise.all([besideReconciler(world, () => liveThrough(world)), loseAll()]);
    const { unknown } = await world.tieOut();
    say(
      `5  ${result.tied.every(Boolean) ? 'every payout is tied' : 'NOT TIED'}, ${result.duplicates.length} documents twice, ${unknown.length} unknown, ${result.openExceptions.length} exceptions open`,
    );
    return { result, unknown, withoutStatistics };
  } catch (error) {
    // Closing the world under what still runs may end this process: said before.
    say(`broken off: ${error instanceof Error ? error.stack : String(error)}`);
    throw error;
  } finally {
    await workers?.stop();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
