/** Event groups and their transfers as Amazon's finances tell them. */
import type { Database } from '../database.ts';

export interface StoredEventGroup {
  groupId: string;
  currency: string;
  /** Of an open one, what it has come to so far. */
  total: bigint | null;
  startedAt: string | null;
  endedAt: string | null;
  /** `ProcessingStatus` as Amazon spells it: `Open`, `Closed`; null where it tells none, and of groups that were read before it was kept. */
  processing: string | null;
  beginningBalance: bigint | null;
  /** Of its transfer. */
  status: string | null;
  transferAt: string | null;
  converted: { amount: bigint; currency: string } | null;
  traceId: string | null;
  accountTail: string | null;
}

export async function saveEventGroup(db: Database, connection: string, group: StoredEventGroup): Promise<void> {
  const values = {
    currency: group.currency,
    total: group.total,
    started_at: group.startedAt,
    ended_at: group.endedAt,
    processing_status: group.processing,
    beginning_balance: group.beginningBalance,
    status: group.status,
    trace_id: group.traceId,
    account_tail: group.accountTail,
    transfer_at: group.transferAt,
    converted_total: group.converted?.amount ?? null,
    converted_currency: group.converted?.currency ?? null,
  };
  await db
    .insertInto('event_groups')
    .values({ connection, group_id: group.groupId, ...values })
    .onConflict((conflict) => conflict.columns(['connection', 'group_id']).doUpdateSet(values))
    .execute();
}

/** All that are known, open ones too, by their beginning. */
export async function eventGroups(db: Database, connection: string): Promise<StoredEventGroup[]> {
  const rows = await db
    .selectFrom('event_groups')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('started_at')
    .orderBy('group_id')
    .execute();
  return rows.map((row) => ({
    groupId: row.group_id,
    currency: row.currency,
    total: row.total,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    processing: row.processing_status,
    beginningBalance: row.beginning_balance,
    status: row.status,
    transferAt: row.transfer_at,
    converted:
      row.converted_total === null || row.converted_currency === null
        ? null
        : { amount: row.converted_total, currency: row.converted_currency },
    traceId: row.trace_id,
    accountTail: row.account_tail,
  }));
}
