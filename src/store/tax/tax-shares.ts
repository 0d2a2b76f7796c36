/** Whose the tax of items is that journals of settlements have and no document carries. */
import { sql } from 'kysely';
import { unreversed } from '../../domain/identifiers/settlement-key.ts';
import type { Day } from '../../domain/money/instant.ts';
import type { StandingPart } from '../../domain/tax/claims-from-rows.ts';
import type { TaxShare } from '../../domain/tax/left-tax-shares.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import type { Database } from '../database.ts';
import { factFromJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

export async function standingParts(
  db: Database,
  connection: string,
  settlements: readonly string[],
): Promise<StandingPart[]> {
  const found: StandingPart[] = [];
  for (const batch of inBatches([...new Set(settlements)])) found.push(...(await partsOf(db, connection, batch)));
  return found;
}

async function partsOf(db: Database, connection: string, settlements: readonly string[]): Promise<StandingPart[]> {
  const { rows } = await sql<{
    external_id: string;
    business_key: string;
    settlement_id: string;
    part: number;
    date: Day;
    posted: boolean;
    reverses: string | null;
    shares: unknown;
    earlier: { jurisdiction: Jurisdiction; orders?: string[] }[];
  }>`
    select external_id, business_key, settlement_id, part, date, state = 'posted' as posted, plan ->> 'reverses' as reverses,
      plan -> 'taxShares' as shares, jsonb_path_query_array(plan, '$.lines[*] ? (exists (@.orders))') as earlier
    from documents where connection = ${connection} and purpose = 'JE' and settlement_id = any(${[...settlements]})
    order by settlement_id, part`.execute(db);
  const standing = unreversed(
    rows.map((row) => ({
      ...row,
      externalId: row.external_id,
      key: { businessKey: row.business_key },
      plan: { reverses: row.reverses ?? undefined },
    })),
  );
  const parts: StandingPart[] = [];
  for (const { externalId, settlement_id: settlementId, part, date: day, posted, shares, earlier } of standing) {
    const own = shares === null ? [] : factFromJson<TaxShare[]>(shares);
    const known =
      own.length > 0 || earlier.length === 0 ? own : await earlierShares(db, connection, settlementId, part, earlier);
    parts.push({ externalId, settlementId, part, day, posted, shares: known });
  }
  return parts;
}

/** Of a plan from before items were told apart: all tax of an order was of one country. */
async function earlierShares(
  db: Database,
  connection: string,
  settlementId: string,
  part: number,
  lines: readonly { jurisdiction: Jurisdiction; orders?: string[] }[],
): Promise<TaxShare[]> {
  const countries = new Map(
    lines.flatMap(({ jurisdiction, orders = [] }) => orders.map((order) => [order, jurisdiction] as const)),
  );
  const { rows } = await sql<{ order_id: string; order_item_code: string | null; sku: string | null; amount: bigint }>`
    select order_id, order_item_code, sku, sum(amount)::bigint as amount from settlement_rows
    where connection = ${connection} and settlement_id = ${settlementId} and part = ${part} and booked = 'sales-tax-payable'
      and role = 'marketplace-tax' and order_id = any(${[...countries.keys()]})
    group by order_id, order_item_code, sku order by order_id, order_item_code, sku`.execute(db);
  return rows.map(({ order_id: orderId, order_item_code: orderItemCode, sku, amount }) => ({
    orderId,
    orderItemCode,
    sku,
    orderItemId: orderItemCode,
    jurisdiction: countries.get(orderId)!,
    amount,
  }));
}

/** Of some orders, in journals of other settlements than one. */
export async function sharesOfOrders(
  db: Database,
  connection: string,
  orderIds: readonly string[],
  exceptSettlement: string,
): Promise<TaxShare[]> {
  const settlements: string[] = [];
  for (const batch of inBatches(orderIds)) {
    const { rows } = await sql<{ settlement_id: string }>`
      select distinct settlement_id from settlement_rows
      where connection = ${connection} and order_id = any(${[...batch]}) and settlement_id <> ${exceptSettlement}
        and role = 'marketplace-tax' and booked in ('sales-tax-payable', 'marketplace-tax')`.execute(db);
    settlements.push(...rows.map((row) => row.settlement_id));
  }
  const wanted = new Set(orderIds);
  return (await standingParts(db, connection, settlements)).flatMap(({ shares }) =>
    shares.filter(({ orderId }) => wanted.has(orderId)),
  );
}
