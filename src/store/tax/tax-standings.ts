/** The tax that documents carry, and the rows of tax that settle it. */
import { sql } from 'kysely';
import type { TaxFacts } from '../../domain/tax/collector-differs.ts';
import type { Database } from '../database.ts';
import type { SalesDocument } from '../documents/sales-documents.ts';

/** By external id. */
export async function taxFactsOf(
  db: Database,
  connection: string,
  documents: readonly SalesDocument[],
): Promise<Map<string, TaxFacts>> {
  if (documents.length === 0) return new Map();
  const ids = documents.map(({ externalId }) => externalId);
  const carried = await sql<{ document: string; lines: bigint[]; is_refund: boolean }>`
    select d.external_id as document, d.plan ? 'returnAuthorisation' as is_refund,
      array(select (l ->> '~')::bigint from jsonb_path_query(d.plan, '$.lines[*] ? (@.component == "tax").amount') l) as lines
    from documents d where d.external_id = any(${ids})`.execute(db);
  const settled = await sql<{ document: string; amount_type: string; amount_description: string; amount: bigint }>`
    select document, amount_type, amount_description, sum(amount)::bigint as amount from settlement_rows
    where connection = ${connection} and document = any(${ids}) and role = 'marketplace-tax' and booked = 'clearing'
    group by document, amount_type, amount_description`.execute(db);
  const rows = new Map<string, TaxFacts['rows'][number][]>();
  for (const { document, amount_type: amountType, amount_description: amountDescription, amount } of settled.rows) {
    const row = { amountType, amountDescription, amount };
    const known = rows.get(document);
    if (known) known.push(row);
    else rows.set(document, [row]);
  }
  const carriedBy = new Map(carried.rows.map((row) => [row.document, row]));
  return new Map(
    documents.map(({ externalId, purpose }) => [
      externalId,
      {
        purpose,
        lines: (carriedBy.get(externalId)?.lines ?? []).map(BigInt),
        isRefund: carriedBy.get(externalId)?.is_refund ?? false,
        rows: rows.get(externalId) ?? [],
      },
    ]),
  );
}
