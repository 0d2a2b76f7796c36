/** Whether what a payout waits for has come. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { StoredSettlement } from './settlements.ts';

/** An invoice or credit memo of an order whose rows have none yet was posted. */
export async function documentsCame(db: Database, connection: string, settlementId: string): Promise<boolean> {
  const { rows } = await sql<{ came: boolean }>`
    select exists (select 1 from settlement_rows r join documents d on d.connection = r.connection and d.order_id = r.order_id and d.purpose in ('INV', 'CM') and d.state = 'posted'
      where r.connection = ${connection} and r.settlement_id = ${settlementId} and r.booked = 'clearing' and r.document is null) as came`.execute(db);
  return rows[0]!.came;
}

/** A statement line that nobody took, a transfer that Amazon now reports on, or a line that should have come by now: of a movement from before the day `overdue`. */
export async function bankNewsCame(db: Database, connection: string, settlement: StoredSettlement, overdue: string): Promise<boolean> {
  const { rows } = await sql<{ came: boolean }>`
    select exists (select 1 from movements m join bank_lines b on b.connection = m.connection and b.movement is null and b.currency = m.currency
      and (b.amount = m.amount or b.transaction_id = m.trace_id)
      where m.connection = ${connection} and m.settlement_id = ${settlement.settlementId} and m.state in ('expected', 'failed'))
    or exists (select 1 from movements m join event_groups g on g.connection = m.connection and g.currency = ${settlement.currency} and g.ended_at = ${settlement.end} and g.total = ${settlement.total}
      where m.connection = ${connection} and m.settlement_id = ${settlement.settlementId} and m.kind = 'payout' and m.state = 'expected'
      and (m.trace_id is distinct from g.trace_id or lower(g.status) = 'failed'))
    or exists (select 1 from movements m where m.connection = ${connection} and m.settlement_id = ${settlement.settlementId} and m.state = 'expected' and m.posted_on < ${overdue}::date
      and not exists (select 1 from exceptions e where e.connection = m.connection and e.code = 'bank-line-missing' and e.key = m.external_id and e.closed_at is null)) as came`.execute(db);
  return rows[0]!.came;
}
