import { sql } from 'kysely';
import type { SalesPurpose, SettlingPurpose } from '../../domain/documents/document-kinds.ts';
import type { ClearingSums } from '../../domain/payouts/clearing-left.ts';
import type { Database } from '../database.ts';

const NOTHING: ClearingSums = { rows: 0n, applied: [], variances: [] };

/**
 * What some settlements brought to clearing and what took it away again, by settlement.
 * @param variances those that were decided, or only those whose journal is posted
 */
export async function clearingSums(
  db: Database,
  connection: string,
  settlementIds: readonly string[],
  variances: 'decided' | 'posted',
): Promise<(settlementId: string) => ClearingSums> {
  if (settlementIds.length === 0) return () => NOTHING;
  const ids = [...settlementIds];
  const rows = await sql<{ settlement_id: string; amount: bigint }>`
    select settlement_id, sum(amount)::bigint as amount from settlement_rows
    where connection = ${connection} and settlement_id = any(${ids}) and booked = 'clearing' group by settlement_id`.execute(
    db,
  );
  const applied = await sql<{ settlement_id: string; purpose: SettlingPurpose; amount: bigint }>`
    select settlement_id, kind as purpose, sum(amount)::bigint as amount from applications
    where connection = ${connection} and settlement_id = any(${ids}) and applied group by settlement_id, kind`.execute(
    db,
  );
  const posted =
    variances === 'decided'
      ? sql``
      : sql`and exists (select from documents d where d.external_id = x.journal and d.state = 'posted')`;
  const differences = await sql<{ settlement_id: string; purpose: SalesPurpose; amount: bigint }>`
    select settlement_id, document_purpose as purpose, sum(amount)::bigint as amount from settled_differences x
    where connection = ${connection} and settlement_id = any(${ids}) ${posted} group by settlement_id, document_purpose`.execute(
    db,
  );
  return (settlementId) => ({
    rows: rows.rows.find((row) => row.settlement_id === settlementId)?.amount ?? 0n,
    applied: applied.rows.filter((row) => row.settlement_id === settlementId),
    variances: differences.rows.filter((row) => row.settlement_id === settlementId),
  });
}
