/** Transfers as Amazon's finances tell them. */
import type { Database } from '../database.ts';

export interface StoredEventGroup {
  groupId: string;
  currency: string;
  total: bigint | null;
  startedAt: string | null;
  endedAt: string | null;
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
