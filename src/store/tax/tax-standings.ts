/** The tax that documents carry, and the rows of tax that settle it. */
import { sql } from 'kysely';
import type { TaxFacts } from '../../domain/tax/collector-differs.ts';
import type { Database } from '../database.ts';
import type { SalesDocument } from '../documents/sales-documents.ts';

interface SettledTax {
  document: string;
  order_item_code: string | null;
  amount_type: string;
  amount_description: string;
  amount: bigint;
}

/** By external id. */
export async function taxFactsOf(
  db: Database,
  connection: string,
  documents: readonly SalesDocument[],
): Promise<Map<string, TaxFacts>> {
  if (documents.length === 0) return new Map();
  const ids = documents.map(({ externalId }) => externalId);
  const carried = await sql<{ document: string; lines: { tag: string; amount: string }[]; is_refund: boolean }>`
    select d.external_id as document, d.plan ? 'returnAuthorisation' as is_refund,
      array(select jsonb_build_object('tag', l -> 'tag', 'amount', l -> 'amount' ->> '~')
        from jsonb_path_query(d.plan, '$.lines[*] ? (@.component == "tax")') l) as lines
    from documents d where d.external_id = any(${ids})`.execute(db);
  const settled = await sql<SettledTax>`
    select document, order_item_code, amount_type, amount_description, sum(amount)::bigint as amount from settlement_rows
    where connection = ${connection} and document = any(${ids}) and role = 'marketplace-tax' and booked = 'clearing'
    group by document, order_item_code, amount_type, amount_description`.execute(db);
  const rows = new Map<string, TaxFacts['rows'][number][]>();
  for (const { document, order_item_code, amount_type, amount_description, amount } of settled.rows) {
    const row = {
      orderItemId: order_item_code,
      amountType: amount_type,
      amountDescription: amount_description,
      amount,
    };
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
        lines: (carriedBy.get(externalId)?.lines ?? []).map(({ tag, amount }) => ({ tag, amount: BigInt(amount) })),
        isRefund: carriedBy.get(externalId)?.is_refund ?? false,
        rows: rows.get(externalId) ?? [],
      },
    ]),
  );
}
