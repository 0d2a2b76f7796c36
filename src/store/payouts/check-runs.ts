/** The checks of payouts as they ran last against NetSuite: one run a settlement, small, and kept as long as its head is. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { CheckRun } from '../../domain/payouts/checks.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export interface StoredCheckRun extends CheckRun {
  checkedAt: Instant;
}

/** Takes the place of the run before; one that began earlier and ends later takes none. */
export async function saveCheckRun(
  db: Database,
  connection: string,
  settlementId: string,
  { checkedAt, ...run }: StoredCheckRun,
): Promise<void> {
  await sql`
    insert into payout_checks (connection, settlement_id, checked_at, run) values (${connection}, ${settlementId}, ${checkedAt}, ${factToJson(run)}::jsonb)
    on conflict (connection, settlement_id) do update set checked_at = excluded.checked_at, run = excluded.run
      where payout_checks.checked_at <= excluded.checked_at`.execute(db);
}

/** Null where they have not run yet. */
export async function loadCheckRun(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<StoredCheckRun | null> {
  const row = await db
    .selectFrom('payout_checks')
    .select(['checked_at', 'run'])
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .executeTakeFirst();
  return row === undefined ? null : { checkedAt: row.checked_at, ...factFromJson<CheckRun>(row.run) };
}
