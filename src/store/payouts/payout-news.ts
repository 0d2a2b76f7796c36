/** Whether what a payout waits for has come. */
import { sql } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Database } from '../database.ts';

/** An invoice or credit memo of an order whose rows have none yet was posted. */
export async function documentsCame(db: Database, connection: string, settlementId: string): Promise<boolean> {
  const { rows } = await sql<{ came: boolean }>`
    select exists (select 1 from settlement_rows r join documents d on d.connection = r.connection and d.order_id = r.order_id and d.purpose = any(${SALES_PURPOSES}) and d.state = 'posted'
      where r.connection = ${connection} and r.settlement_id = ${settlementId} and r.booked = 'clearing' and r.document is null) as came`.execute(
    db,
  );
  return rows[0]!.came;
}
