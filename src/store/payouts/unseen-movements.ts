import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** Payouts that Amazon's deposit date has passed of, and that neither a statement nor Amazon has shown to have come. */
export async function unseenPayouts(
  db: Database,
  connection: string,
  asOf: string,
): Promise<{ settlementId: string; amount: bigint; currency: string }[]> {
  const { rows } = await sql<{ settlementId: string; amount: bigint; currency: string }>`
    select m.settlement_id as "settlementId", m.amount, m.currency
    from movements m join settlements s on s.connection = m.connection and s.settlement_id = m.settlement_id
    where m.connection = ${connection} and m.date is null and m.state <> 'returned' and s.deposit_at < ${asOf}
    order by s.deposit_at, m.external_id`.execute(db);
  return rows;
}
