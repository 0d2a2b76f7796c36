/** Tax of a settlement that no document carries: where its seller owes it. */
import { sql } from 'kysely';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { Database } from '../database.ts';

/** By order, of those whose rows of tax no document has: the jurisdiction of the tax on their other documents (of a claim without a memo: its sale's). */
export async function jurisdictionsOfLeftTax(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<Map<string, Jurisdiction>> {
  const { rows } = await sql<{ order_id: string; jurisdiction: string }>`
    select d.order_id, min(jsonb_path_query_first(d.plan, '$.lines[*] ? (@.component == "tax").tax.jurisdiction') #>> '{}') as jurisdiction
    from documents d
    where d.connection = ${connection} and d.order_id in (
      select order_id from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and booked = 'marketplace-tax' and order_id is not null)
      and jsonb_path_exists(d.plan, '$.lines[*] ? (@.component == "tax")')
    group by d.order_id`.execute(db);
  return new Map(rows.map((row) => [row.order_id, row.jurisdiction]));
}

/** By order, what the journals of a settlement have of the tax of its sales and refunds on `sales-tax-payable`; signed as in the report. */
export async function leftTaxOfOrders(
  db: Database,
  connection: string,
  settlementId: string,
  orderIds: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ order_id: string; amount: bigint }>`
    select order_id, sum(amount)::bigint as amount from settlement_rows
    where connection = ${connection} and settlement_id = ${settlementId} and order_id = any(${[...new Set(orderIds)]})
      and role = 'marketplace-tax' and booked = 'sales-tax-payable' and part > 0 and transaction_type ~* '^(order|refund)$'
    group by order_id`.execute(db);
  return new Map(rows.map((row) => [row.order_id, row.amount]));
}
