/** Tax of a settlement that no document carries. */
import { sql, type RawBuilder } from 'kysely';
import { SALES_PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Collecting, LeftOfItem } from '../../domain/tax/collected-tax.ts';
import type { Database } from '../database.ts';
import { standingParts } from '../tax/tax-shares.ts';

/** What a report calls the rows of a chargeback or an A-to-z claim, for `~*`. */
export const CLAIM_TYPES = '^(chargeback|a[ _-]to[ _-]z[ _-]guarantee)[ _-]refund$';

/**
 * Orders with rows of tax that no document has, whose documents carry tax of the seller.
 * @param claims whether those with a claim among the rows are wanted as well
 */
export async function ordersWithLeftTax(
  db: Database,
  connection: string,
  settlementId: string,
  { claims }: { claims: boolean },
): Promise<string[]> {
  const { rows } = await sql<{ order_id: string }>`
    with left_over as (
      select order_id, bool_or(transaction_type ~* ${CLAIM_TYPES}) as claimed
      from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and role = 'marketplace-tax'
        and booked in ('marketplace-tax', 'sales-tax-payable') and order_id is not null
      group by order_id)
    select order_id from left_over l
    where (claimed and ${claims}) or exists (select 1 from documents d where d.connection = ${connection} and d.order_id = l.order_id
      and d.plan -> 'taxes' @> '[{"collector": "seller"}]')
    order by order_id`.execute(db);
  return rows.map((row) => row.order_id);
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
 * Those of which some may be on `sales-tax-payable` of no country (`withoutOwned`). Sales and refunds that have no document yet are left out: they wait for it
 * (`document-missing`); and so is tax of theirs whose item's documents carry some, which is another's question
 * (`tax-collector-differs`). Of a claim nothing is left out.
 */
export function askedTaxOf(db: Database, connection: string, settlementId: string): Promise<LeftOfItem[]> {
  const isNamed = sql`(l.item is null or not jsonb_exists(d.plan, 'taxes')
    or d.plan -> 'taxes' @> jsonb_build_array(jsonb_build_object('orderItemId', l.item)))`;
  const taxed = sql`case when l.item is null then jsonb_build_object('collector', 'seller')
    else jsonb_build_object('collector', 'seller', 'orderItemId', l.item) end`;
  return leftTaxWhere(
    db,
    connection,
    settlementId,
    sql`l.order_id is null or not l.is_sale or (
      not exists (select 1 from documents d where d.connection = ${connection} and d.order_id = l.order_id
        and d.plan -> 'taxes' @> jsonb_build_array(${taxed}))
      and exists (select 1 from documents d where d.connection = ${connection} and d.order_id = l.order_id
        and d.purpose = any(${SALES_PURPOSES}) and ${isNamed}))`,
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
      select *, bool_and(coalesce(order_item_code, '') <> '') over of_order as by_item
      from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and role = 'marketplace-tax' and part is not null
        and booked in ('sales-tax-payable', 'marketplace-tax')
      window of_order as (partition by order_id)),
    left_over as (
      select order_id, case when by_item then order_item_code end as item,
        bool_or(transaction_type ~* '^(order|refund)$') as is_sale, min(marketplace_name) as marketplace_name, sum(amount)::bigint as amount, min(line) as line,
        jsonb_agg(distinct jsonb_build_array(
          coalesce(known_as::jsonb ->> 'amountType', amount_type),
          coalesce(known_as::jsonb ->> 'amountDescription', amount_description))) as named
      from rows_of_tax group by 1, 2 having sum(amount) <> 0)
    select l.order_id, l.item, l.marketplace_name, l.amount, l.named,
      case when o.order_id is not null then jsonb_build_object(
        'amazonCollectsTax', o.fact -> 'amazonCollectsTax',
        'items', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'orderItemId', i -> 'orderItemId', 'amazonCollects', i -> 'amazonCollects'))), '[]')
          from jsonb_array_elements(o.fact -> 'items') i)) end as order
    from left_over l left join orders o on o.connection = ${connection} and o.order_id = l.order_id
    where ${which}
    order by l.line`.execute(db);
  const shares = (await standingParts(db, connection, rows.length === 0 ? [] : [settlementId])).flatMap((part) =>
    part.shares.filter(({ jurisdiction }) => jurisdiction !== null),
  );
  return rows.map(({ order_id, item, marketplace_name, amount, named, order }) => ({
    orderId: order_id,
    orderItemId: item,
    marketplaceName: marketplace_name,
    amount,
    owned: shares
      .filter((share) => share.orderId === order_id && (item === null || share.orderItemCode === item))
      .map((share) => ({ jurisdiction: share.jurisdiction!, amount: share.amount })),
    named: named.map(([amountType, amountDescription]) => ({ amountType, amountDescription })),
    order,
  }));
}
