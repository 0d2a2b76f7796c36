import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { judgeSnapshot } from '../../domain/stock/snapshot.ts';
import type { SnapshotRow } from '../../domain/stock/stock-facts.ts';
import { loadRowsSince } from '../../store/stock/ledger-rows.ts';
import { loadSnapshot, saveSnapshot } from '../../store/stock/snapshots.ts';
import type { UnreadRecord } from '../../clients/amazon/unread-record.ts';
import type { Connection } from '../connection.ts';
import { raiseUnread, resolveRead } from '../intake/raise-unread.ts';
import { stockSettings } from './stock-reading.ts';

/**
 * What is at Amazon now, pool by pool: shown beside the ledger, which decides a day later. One that holds too little is not
 * whole (`snapshot-truncated`): the last good one stays, and the next look asks again. A SKU that cannot be read is put aside
 * (`input-unreadable`). Idempotent.
 */
export async function takeInSnapshot(connection: Connection): Promise<ReadingResult> {
  const { db, name, amazon } = connection;
  let rows = 0;
  let isCut = false;
  const allUnread: UnreadRecord[] = [];
  const allRead: string[] = [];
  for (const { name: pool, marketplace } of stockSettings(connection).pools) {
    const { read, unread } = await readSnapshot(connection, marketplace);
    const takenAt = await amazon.time();
    const before = await loadSnapshot(db, name, pool);
    const snapshot = withLastOf(unread, before?.rows ?? [], read);
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
    allUnread.push(...unread);
    allRead.push(...read.map(({ sku }) => sku));
  }
  await raiseUnread(connection, allUnread, { listing: "Amazon's inventory, at each look" });
  // Of two pools one may still hold it so.
  const still = new Set(allUnread.map(({ id }) => id));
  await resolveRead(
    connection,
    'inventory of',
    allRead.filter((sku) => !still.has(sku)),
  );
  return isCut ? { result: 'truncated' } : { result: 'read', rows, news: 0 };
}

/** All pages at once: their token lives for 30 seconds (amazon.md §5.1). */
async function readSnapshot(
  { amazon }: Connection,
  marketplaceId: string,
): Promise<{ read: SnapshotRow[]; unread: UnreadRecord[] }> {
  const read: SnapshotRow[] = [];
  const unread: UnreadRecord[] = [];
  let nextToken: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof amazon.listInventory>> = await amazon.listInventory({
      marketplaceId,
      ...(nextToken === null ? {} : { nextToken }),
    });
    read.push(...page.rows);
    unread.push(...page.unread);
    heartbeat(read.length);
    ({ nextToken } = page);
  } while (nextToken !== null);
  return { read, unread };
}

/** A SKU whose row cannot be read stays as it was read last: the others are no less whole for it. */
function withLastOf(
  unread: readonly UnreadRecord[],
  before: readonly SnapshotRow[],
  read: readonly SnapshotRow[],
): SnapshotRow[] {
  const missed = new Set(unread.map(({ id }) => id));
  return [...read, ...before.filter(({ sku }) => missed.has(sku) && !read.some((row) => row.sku === sku))];
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
