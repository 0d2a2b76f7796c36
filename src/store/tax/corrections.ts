/** Documents that put the tax of another one right, written down by a decision. */
import { sql } from 'kysely';
import type { SalesPurpose } from '../../domain/documents/document-kinds.ts';
import type { TaxCorrection } from '../../domain/payouts/rows-of-corrections.ts';
import type { Database } from '../database.ts';

/** Those of some orders that NetSuite holds. */
export async function postedCorrections(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<TaxCorrection[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await sql<{ external_id: string; purpose: SalesPurpose; corrects: string }>`
    select external_id, purpose, plan ->> 'corrects' as corrects from documents
    where connection = ${connection} and order_id = any(${[...orderIds]}) and plan ? 'corrects' and state = 'posted'`.execute(
    db,
  );
  return rows.map(({ external_id: externalId, purpose, corrects }) => ({ externalId, purpose, corrects }));
}

/** Those of documents that a settlement settles and that have no rows yet: not posted, or posted and not tied since. */
export async function openCorrections(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<{ externalId: string; isPosted: boolean }[]> {
  const { rows } = await sql<{ external_id: string; is_posted: boolean }>`
    select d.external_id, d.state = 'posted' as is_posted from documents d
    where d.connection = ${connection} and d.plan ? 'corrects'
      and exists (select from settlement_rows r where r.connection = d.connection and r.settlement_id = ${settlementId} and r.document = d.plan ->> 'corrects')
      and not exists (select from settlement_rows r where r.connection = d.connection and r.document = d.external_id)
    order by d.external_id`.execute(db);
  return rows.map((row) => ({ externalId: row.external_id, isPosted: row.is_posted }));
}

/** Whether a document puts the tax of another one right: all of it is tax. */
export async function isCorrection(db: Database, externalId: string): Promise<boolean> {
  const { rows } = await sql`select from documents where external_id = ${externalId} and plan ? 'corrects'`.execute(db);
  return rows.length > 0;
}

/** Who decided about the tax of a document, when, and under which number; null where nobody has. */
export async function lastCorrection(
  db: Database,
  connection: string,
  document: string,
): Promise<{ audit: number; by: string; at: string; settlementId: string } | null> {
  const { rows } = await sql<{ id: number; decided_by: string; at: string; settlement_id: string }>`
    select id, decided_by, at, detail ->> 'settlementId' as settlement_id from audit
    where connection = ${connection} and action = 'correct-tax' and detail ->> 'document' = ${document} order by id desc limit 1`.execute(
    db,
  );
  const [row] = rows;
  return row === undefined ? null : { audit: row.id, by: row.decided_by, at: row.at, settlementId: row.settlement_id };
}
