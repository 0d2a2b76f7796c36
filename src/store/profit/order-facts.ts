/** What the store knows of orders, by which amounts of theirs are split. Reads only. */
import { sql } from 'kysely';
import { kindOf, PURPOSES } from '../../domain/documents/document-kinds.ts';
import type { Role } from '../../domain/mapping/roles.ts';
import type { OrderFact } from '../../domain/orders/order-facts.ts';
import type { Channel } from '../../domain/profit/channel.ts';
import { orderedOf, saleFactsFrom } from '../../domain/profit/sale-facts.ts';
import type { OrderedSku } from '../../domain/profit/share.ts';
import type { SaleFacts } from '../../domain/profit/split-sale.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';

const BILLS = PURPOSES.filter((purpose) => kindOf(purpose).plan === 'bill');
/** Whether a document bills a sale: an invoice is made of a refund too, which Amazon takes back. */
export const isBill = () => sql<boolean>`(purpose = any(${BILLS}) and not jsonb_exists(plan, 'returnAuthorisation'))`;
/** Roles that say that a sale is booked elsewhere. */
export const ELSEWHERE = ['merchant-orders', 'opening-balance'] as const satisfies readonly Role[];

/** @param refundKey of the refund that a document was made of */
export async function saleFactsOf(
  db: Database,
  connection: string,
  orderId: string,
  refundKey: string | null,
): Promise<SaleFacts> {
  const { rows } = await sql<{
    order: unknown;
    shipments: unknown;
    refund: unknown;
    billed: boolean;
    elsewhere: Role[] | null;
  }>`
    select
      (select fact from orders where connection = ${connection} and order_id = ${orderId}) as order,
      (select jsonb_agg(fact order by shipment_key) from shipments where connection = ${connection} and order_id = ${orderId}) as shipments,
      (select fact from refunds where connection = ${connection} and refund_key = ${refundKey}) as refund,
      exists (select from documents where connection = ${connection} and order_id = ${orderId} and ${isBill()}) as billed,
      (select array_agg(distinct booked) from settlement_rows where connection = ${connection} and order_id = ${orderId} and booked = any(${[...ELSEWHERE]})) as elsewhere`.execute(
    db,
  );
  const row = rows[0]!;
  return saleFactsFrom({
    orderId,
    order: row.order === null ? null : factFromJson(row.order),
    shipments: row.shipments === null ? [] : factFromJson(row.shipments),
    refund: row.refund === null ? null : factFromJson(row.refund),
    isBilled: row.billed,
    bookedOn: row.elsewhere ?? [],
  });
}

/** What each of some orders is made of: as Amazon told it, else as its rows of goods say. Orders that neither names are left out. */
export async function orderedSkus(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<Map<string, OrderedSku[]>> {
  if (orderIds.length === 0) return new Map();
  const known = await db
    .selectFrom('orders')
    .select(['order_id', 'fact'])
    .where('connection', '=', connection)
    .where('order_id', 'in', [...orderIds])
    .execute();
  const ordered = new Map(known.map((row) => [row.order_id, orderedOf(factFromJson<OrderFact>(row.fact))]));
  const rest = orderIds.filter((orderId) => !ordered.has(orderId));
  if (rest.length === 0) return ordered;
  const { rows } = await sql<{ order_id: string; sku: string; principal: bigint; units: number }>`
    select order_id, sku, sum(amount)::bigint as principal, coalesce(sum(quantity), 0)::int as units from settlement_rows
    where connection = ${connection} and order_id = any(${rest}) and sku is not null and role = 'product-sales'
    group by order_id, sku order by order_id, sku`.execute(db);
  for (const { order_id: orderId, sku, principal, units } of rows)
    ordered.set(orderId, [...(ordered.get(orderId) ?? []), { sku, principal, units }]);
  return ordered;
}

/** Whose an order's amounts are that stand in no row of it. */
export async function standingOfOrder(
  db: Database,
  connection: string,
  orderId: string,
): Promise<{ channel: Channel; marketplace: string | null; ordered: OrderedSku[] }> {
  const { channel, marketplace, ordered } = await saleFactsOf(db, connection, orderId, null);
  return { channel, marketplace, ordered: [...ordered] };
}
