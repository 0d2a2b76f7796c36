import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { judgeSnapshot } from '../../domain/stock/snapshot.ts';
import type { SnapshotRow } from '../../domain/stock/stock-facts.ts';
import { loadRowsSince } from '../../store/stock/ledger-rows.ts';
import { loadSnapshot, saveSnapshot } from '../../store/stock/snapshots.ts';
import type { Connection } from '../connection.ts';
import { stockSettings } from './stock-reading.ts';

/**
 * What is at Amazon now, pool by pool: shown beside the ledger, which decides a day later. One that holds too little is not
 * whole (`snapshot-truncated`): the last good one stays, and the next look asks again. Idempotent.
 */
export async function takeInSnapshot(connection: Connection): Promise<ReadingResult> {
  const { db, name, amazon } = connection;
  let rows = 0;
  let isCut = false;
  for (const { name: pool, marketplace } of stockSettings(connection).pools) {
    const snapshot = await readSnapshot(connection, marketplace);
    const takenAt = await amazon.time();
    const before = await loadSnapshot(db, name, pool);
    const since = before === null ? [] : await loadRowsSince(db, name, pool, dayIn(before.takenAt, 'UTC'));
    const judged = judgeSnapshot(before?.rows ?? null, snapshot, since);
    if (judged.isTaken) {
      await saveSnapshot(db, name, pool, { takenAt, rows: snapshot });
      await connection.resolve('snapshot-truncated', pool, 'a snapshot came that is whole');
      rows += snapshot.length;
    } else {
      isCut = true;
      await raiseTruncated(connection, pool, judged);
    }
  }
  return isCut ? { result: 'truncated' } : { result: 'read', rows, news: 0 };
}

/** All pages at once: their token lives for 30 seconds (amazon.md §5.1). */
async function readSnapshot({ amazon }: Connection, marketplaceId: string): Promise<SnapshotRow[]> {
  const rows: SnapshotRow[] = [];
  let nextToken: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof amazon.listInventory>> = await amazon.listInventory({
      marketplaceId,
      ...(nextToken === null ? {} : { nextToken }),
    });
    rows.push(...page.rows);
    heartbeat(rows.length);
    ({ nextToken } = page);
  } while (nextToken !== null);
  return rows;
}

async function raiseTruncated(
  connection: Connection,
  pool: string,
  { skus, units }: Extract<ReturnType<typeof judgeSnapshot>, { isTaken: false }>,
): Promise<void> {
  await connection.raise({
    code: 'snapshot-truncated',
    key: pool,
    subject: { kind: 'report', id: `FBA inventory of ${pool}` },
    evidence: {
      what: `the inventory of ${pool} holds ${skus.now} SKUs with ${units.now} units where ${skus.before} with ${units.before} were held before, and no row of the ledger says why; the one before stands`,
      atStake: null,
      currency: null,
    },
    remedy: { kind: 'wait', until: 'it is asked for again at the next look; a whole one ends this' },
  });
}
