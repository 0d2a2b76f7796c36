/**
 * Settlements whose retention has passed: their rows, their files, what they applied and the payments that did. Their heads
 * stay, and so do their journals and movements: a handful of records a fortnight, by which chains are linked, the bank's
 * account is explained, and a report that comes again is known.
 */
import { sql } from 'kysely';
import { SETTLING_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { ClearingSums } from '../../domain/payouts/clearing-left.ts';
import type { Database } from '../database.ts';
import { clearingSums } from '../payouts/clearing-sums.ts';

/** Rows that a later settlement, or a tie-out, is compared with: what a chain hands on. */
const HANDED_ON = ['reserve-released', 'reserve-held', 'balance-due-to-amazon', 'payouts-in-transit', 'set-off'];
/** Rows that are deleted at once. */
const ROWS = 5000;

/** @param after the last settlement of the batch before, null at first · `last` is null after the last batch */
export interface PurgedSettlements {
  last: { depositAt: string; settlementId: string } | null;
  purged: number;
}

/**
 * Marks the settlements as purged that are tied, or another's, since before an instant, and of which nothing is open: no
 * exception, revision or movement, nothing on clearing that was not applied to the cent, and no order that is still kept.
 * Their rows are deleted afterwards, by {@link purgeRows}. Looks at the next `atOnce`, in one transaction.
 * @param isCleared whether nothing is left of what a settlement brought to clearing
 */
export async function purgeSettlements(
  db: Database,
  connection: string,
  { before, now, after, atOnce }: { before: string; now: string; after: PurgedSettlements['last']; atOnce: number },
  isCleared: (sums: ClearingSums) => boolean,
): Promise<PurgedSettlements> {
  return db.transaction().execute(async (tx) => {
    const ended = await endedBefore(tx, connection, before, after, atOnce);
    const over = ended.filter(({ clearing }) => isCleared(clearing)).map(({ settlementId }) => settlementId);
    if (over.length > 0) await forget(tx, connection, over, now);
    return { last: ended.length < atOnce ? null : ended.at(-1)!, purged: over.length };
  });
}

/** Settlements that have ended, with all that is theirs, before an instant; what they left on clearing is still to be asked. */
async function endedBefore(
  tx: Database,
  connection: string,
  before: string,
  after: PurgedSettlements['last'],
  atOnce: number,
): Promise<{ settlementId: string; depositAt: string; clearing: ClearingSums }[]> {
  const behind =
    after === null ? sql`` : sql`and (s.deposit_at, s.settlement_id) > (${after.depositAt}, ${after.settlementId})`;
  const { rows } = await sql<{ settlement_id: string; deposit_at: string }>`
    select s.settlement_id, s.deposit_at from settlements s
    where s.connection = ${connection} ${behind} and s.purged_at is null and s.state in ('tied', 'left-alone') and s.deposit_at < ${before} and coalesce(s.tied_at, s.found_at) < ${before}
      and not exists (select from settlement_revisions v where v.connection = s.connection and v.settlement_id = s.settlement_id and (v.state = 'found' or v.found_at >= ${before}))
      and not exists (select from exceptions e where e.connection = s.connection and e.payout = s.settlement_id and e.closed_at is null)
      and not exists (select from movements m where m.connection = s.connection and m.settlement_id = s.settlement_id and m.state not in ('posted', 'returned'))
      and not exists (select from documents d where d.connection = s.connection and d.settlement_id = s.settlement_id and d.state <> 'posted')
      and (s.state = 'left-alone' or not exists (select from settlement_rows r where r.connection = s.connection and r.settlement_id = s.settlement_id
        and (exists (select from orders o where o.connection = r.connection and o.order_id = r.order_id) or exists (select from documents d where d.connection = r.connection and d.order_id = r.order_id))))
      and not exists (select from applications a where a.connection = s.connection and a.settlement_id = s.settlement_id and not a.applied)
    order by s.deposit_at, s.settlement_id limit ${atOnce} for update of s`.execute(tx);
  const ids = rows.map((row) => row.settlement_id);
  const clearingOf = await clearingSums(tx, connection, ids, 'decided');
  return rows.map(({ settlement_id: settlementId, deposit_at: depositAt }) => ({
    settlementId,
    depositAt,
    clearing: clearingOf(settlementId),
  }));
}

async function forget(tx: Database, connection: string, over: readonly string[], now: string): Promise<void> {
  const ids = [...over];
  await sql`delete from documents where connection = ${connection} and settlement_id = any(${ids}) and purpose = any(${SETTLING_PURPOSES})`.execute(
    tx,
  );
  for (const table of ['applications', 'settled_differences', 'settlement_revisions'] as const)
    await sql`delete from ${sql.table(table)} where connection = ${connection} and settlement_id = any(${ids})`.execute(
      tx,
    );
  await sql`update settlements set purged_at = ${now} where connection = ${connection} and settlement_id = any(${ids})`.execute(
    tx,
  );
}

/** Deletes rows of purged settlements, one batch; false when none are left. */
export async function purgeRows(db: Database, connection: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from settlement_rows where ctid in (select r.ctid from settlement_rows r join settlements s on s.connection = r.connection and s.settlement_id = r.settlement_id
      where r.connection = ${connection} and s.purged_at is not null and (r.role is null or r.role <> all(${HANDED_ON}) or s.state = 'left-alone') limit ${ROWS})`.execute(
    db,
  );
  return (numAffectedRows ?? 0n) > 0n;
}

/** Deletes one file that came before an instant and belongs to no settlement whose rows are kept; false when there is none. The bytes of reports and statements are most of a database. */
export async function purgeFile(db: Database, before: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ upload: string }>`
      delete from files where sha256 = (select f.sha256 from files f where f.received_at < ${before}
        and not exists (select from settlements s where s.sha256 = f.sha256 and s.purged_at is null) and not exists (select from settlement_revisions v where v.sha256 = f.sha256)
        order by f.received_at limit 1) returning upload`.execute(tx);
    for (const { upload } of rows) await sql`delete from file_chunks where upload = ${upload}`.execute(tx);
    return rows.length > 0;
  });
}
