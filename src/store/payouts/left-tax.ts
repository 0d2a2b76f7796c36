/** Tax of a settlement that no document carries: where its seller owes it. */
import { sql, type RawBuilder } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Collecting, LeftOfItem } from '../../domain/tax/collected-tax.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { Database } from '../database.ts';

/** Where the tax of an order that no document has is owed, and the SKUs of its rows. */
export interface PlaceOfLeftTax {
  jurisdiction: Jurisdiction;
  skus: string[];
}

/** By order, of those whose rows of tax no document has: the jurisdiction of the tax on their other documents (of a claim without a memo: its sale's). */
export async function placesOfLeftTax(
  db: Database,
  connection: string,
  settlementId: string,
): Promise<Map<string, PlaceOfLeftTax>> {
  const { rows } = await sql<{ order_id: string; jurisdiction: string; skus: string[] }>`
    with left_over as (
      select order_id, coalesce(array_agg(distinct sku) filter (where sku is not null), '{}') as skus
      from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and role = 'marketplace-tax'
        and booked in ('marketplace-tax', 'sales-tax-payable') and order_id is not null
      group by order_id)
    select d.order_id, l.skus, min(jsonb_path_query_first(d.plan, '$.lines[*] ? (@.component == "tax").tax.jurisdiction') #>> '{}') as jurisdiction
    from documents d join left_over l on l.order_id = d.order_id
    where d.connection = ${connection} and jsonb_path_exists(d.plan, '$.lines[*] ? (@.component == "tax")')
    group by d.order_id, l.skus`.execute(db);
  return new Map(rows.map(({ order_id, jurisdiction, skus }) => [order_id, { jurisdiction, skus }]));
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

/** By item of its order, in the order of the file, as the journal that is written down has given its rows their places. */
export function leftTaxOf(db: Database, connection: string, settlementId: string): Promise<LeftOfItem[]> {
  return leftTaxWhere(db, connection, settlementId, sql`true`);
}

/**
 * Of these the orders none of whose documents carries tax. Sales and refunds that have no document yet are left out: they wait
 * for it (`document-missing`).
 */
export function unownedTaxOf(db: Database, connection: string, settlementId: string): Promise<LeftOfItem[]> {
  return leftTaxWhere(
    db,
    connection,
    settlementId,
    sql`l.order_id is null or (
      not exists (select 1 from documents d where d.connection = ${connection} and d.order_id = l.order_id
        and jsonb_path_exists(d.plan, '$.lines[*] ? (@.component == "tax")'))
      and (not l.is_sale or exists (select 1 from documents d where d.connection = ${connection} and d.order_id = l.order_id
        and d.purpose = any(${SALES_PURPOSES}))))`,
  );
}

async function leftTaxWhere(
  db: Database,
  connection: string,
  settlementId: string,
  which: RawBuilder<unknown>,
): Promise<LeftOfItem[]> {
  const { rows } = await sql<{
    order_id: string | null;
    item: string | null;
    marketplace_name: string | null;
    amount: bigint;
    named: [string, string][];
    order: Collecting | null;
  }>`
    with rows_of_tax as (
      select *, bool_and(coalesce(order_item_code, '') <> '') over of_order as by_item,
        bool_or(transaction_type ~* '^(order|refund)$') over of_order as is_sale
      from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and role = 'marketplace-tax' and part is not null
        and booked in ('sales-tax-payable', 'marketplace-tax')
      window of_order as (partition by order_id)),
    left_over as (
      select order_id, case when by_item then order_item_code end as item, is_sale, min(marketplace_name) as marketplace_name,
        sum(amount)::bigint as amount, min(line) as line,
        jsonb_agg(distinct jsonb_build_array(
          coalesce(known_as::jsonb ->> 'amountType', amount_type),
          coalesce(known_as::jsonb ->> 'amountDescription', amount_description))) as named
      from rows_of_tax group by 1, 2, 3 having sum(amount) <> 0)
    select l.order_id, l.item, l.marketplace_name, l.amount, l.named,
      case when o.order_id is not null then jsonb_build_object(
        'amazonCollectsTax', o.fact -> 'amazonCollectsTax',
        'items', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'orderItemId', i -> 'orderItemId', 'amazonCollects', i -> 'amazonCollects'))), '[]')
          from jsonb_array_elements(o.fact -> 'items') i)) end as order
    from left_over l left join orders o on o.connection = ${connection} and o.order_id = l.order_id
    where ${which}
    order by l.line`.execute(db);
  return rows.map(({ order_id, item, marketplace_name, amount, named, order }) => ({
    orderId: order_id,
    orderItemId: item,
    marketplaceName: marketplace_name,
    amount,
    named: named.map(([amountType, amountDescription]) => ({ amountType, amountDescription })),
    order,
  }));
}
