/** Sales of a marketplace that were settled, as Amazon told them and as it settled them. Reads only. */
import { sql } from 'kysely';
import type { Role } from '../../domain/mapping/roles.ts';
import type { Instant } from '../../domain/money/instant.ts';
import type { OrderFact, ShipmentFact } from '../../domain/orders/order-facts.ts';
import type { SettledSale } from '../../domain/tax/try-prices.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

/** No more are tried: the newest say how Amazon settles now. */
const MOST = 1000;

/**
 * The newest sales of a marketplace in settlements of so many days before the last one ended, whose rows have their meaning.
 * Without those that another system owns, and those that nothing but the rows themselves tells of.
 */
export async function settledSales(
  db: Database,
  connection: string,
  marketplaceId: string,
  days: number,
): Promise<SettledSale[]> {
  const { rows: sold } = await sql<{ order_id: string; fact: unknown; settled_at: Instant; found_at: Instant }>`
    select o.order_id, o.fact, s.settled_at, s.found_at from (
      select r.order_id, max(r.posted_at) as settled_at, max(s.found_at) as found_at
      from settlements s join settlement_rows r on r.connection = s.connection and r.settlement_id = s.settlement_id
      where s.connection = ${connection} and s.period_end >= (select max(period_end) from settlements where connection = ${connection}) - make_interval(days => ${days}) and s.map_version is not null and r.order_id is not null and lower(r.transaction_type) = 'order'
      group by r.order_id) s
    join orders o on o.connection = ${connection} and o.order_id = s.order_id
    where o.marketplace_id = ${marketplaceId} and o.state <> 'left-alone' and o.channel <> 'NON_AMAZON'
      and exists (select from shipments p where p.connection = ${connection} and p.order_id = o.order_id)
      and not exists (select from shipments p where p.connection = ${connection} and p.order_id = o.order_id and o.fulfilled_by = 'AMAZON' and p.fact ->> 'whole' = 'true')
    order by s.settled_at desc, o.order_id limit ${MOST}`.execute(db);
  const sales: SettledSale[] = [];
  for (const some of inBatches(sold)) {
    const ids = some.map(({ order_id: orderId }) => orderId);
    const [shipments, rows] = await Promise.all([shipmentsOf(db, connection, ids), rowsOf(db, connection, ids)]);
    for (const { order_id: orderId, fact, settled_at: settledAt, found_at: foundAt } of some)
      sales.push({
        order: factFromJson<OrderFact>(fact),
        shipments: shipments.get(orderId) ?? [],
        rows: rows.get(orderId) ?? [],
        settledAt,
        foundAt,
      });
  }
  return sales;
}

async function shipmentsOf(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<Map<string, ShipmentFact[]>> {
  const { rows } = await sql<{ order_id: string; fact: unknown }>`
    select order_id, fact from shipments where connection = ${connection} and order_id = any(${[...orderIds]}) order by shipped_at, shipment_key`.execute(
    db,
  );
  return byOrder(rows, ({ fact }) => factFromJson<ShipmentFact>(fact));
}

async function rowsOf(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<Map<string, SettledSale['rows'][number][]>> {
  const { rows } = await sql<{
    order_id: string;
    role: Role;
    amount_type: string;
    amount_description: string;
    amount: bigint;
  }>`
    select order_id, role, amount_type, amount_description, sum(amount)::bigint as amount from settlement_rows
    where connection = ${connection} and order_id = any(${[...orderIds]}) and role is not null and lower(transaction_type) = 'order'
    group by order_id, role, amount_type, amount_description`.execute(db);
  return byOrder(rows, ({ role, amount_type: amountType, amount_description: amountDescription, amount }) => ({
    role,
    amountType,
    amountDescription,
    amount,
  }));
}

function byOrder<Row extends { order_id: string }, Made>(
  rows: readonly Row[],
  made: (row: Row) => Made,
): Map<string, Made[]> {
  const found = new Map<string, Made[]>();
  for (const row of rows) {
    const known = found.get(row.order_id);
    if (known) known.push(made(row));
    else found.set(row.order_id, [made(row)]);
  }
  return found;
}
