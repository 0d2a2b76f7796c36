/** The rows of a settlement behind a part of its journal, in few words: summed by SKU, those without one a page at a time. */
import { sql } from 'kysely';
import type { Role } from '../../domain/mapping/roles.ts';
import { channelOf, type OrderStanding } from '../../domain/profit/channel.ts';
import type { RowsBehind } from '../../domain/profit/split-journal.ts';
import { PROFIT_ROLES } from '../../domain/profit/split.ts';
import type { Database } from '../database.ts';
import { ELSEWHERE, isBill, orderedSkus } from './order-facts.ts';

/** Rows without a SKU that are looked at at once. */
const PAGE = 1000;

export interface PartOfJournal {
  connection: string;
  settlementId: string;
  part: number;
}

interface Standing {
  marketplace_name: string | null;
  /** One of those that are alike. */
  order_id: string | null;
  billed: boolean;
  elsewhere: Role[] | null;
  non_amazon: boolean | null;
}

export async function* rowsBehindPart(db: Database, of: PartOfJournal): AsyncGenerator<RowsBehind> {
  yield* summedBySku(db, of);
  let after = { line: -1, ordinal: -1 };
  for (;;) {
    const page = await withoutSku(db, of, after);
    const last = page.at(-1);
    if (last === undefined) return;
    const ordered = await orderedSkus(db, of.connection, [...new Set(page.flatMap(({ order_id: id }) => id ?? []))]);
    for (const row of page)
      yield { ...behindOf(row), sku: null, ordered: row.order_id === null ? [] : (ordered.get(row.order_id) ?? []) };
    after = last;
  }
}

async function* summedBySku(
  db: Database,
  { connection, settlementId, part }: PartOfJournal,
): AsyncGenerator<RowsBehind> {
  const { rows } = await sql<Standing & { booked: Role; sku: string; amount: bigint }>`
    with r as materialized (select booked, marketplace_name, sku, order_id, amount from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and part = ${part} and booked = any(${[...PROFIT_ROLES]}) and sku is not null),
    o as materialized (${standings(connection, 'r')})
    select r.booked, r.marketplace_name, r.sku, min(r.order_id) as order_id, coalesce(o.billed, false) as billed, o.elsewhere, o.non_amazon,
      sum(r.amount)::bigint as amount
    from r left join o on o.order_id = r.order_id
    group by r.booked, r.marketplace_name, r.sku, r.order_id ~ '^[0-9]{3}-[0-9]{7}-[0-9]{7}$', coalesce(o.billed, false), o.elsewhere, o.non_amazon
    order by r.booked, r.sku`.execute(db);
  for (const row of rows) yield { ...behindOf(row), sku: row.sku, ordered: [] };
}

async function withoutSku(
  db: Database,
  { connection, settlementId, part }: PartOfJournal,
  after: { line: number; ordinal: number },
): Promise<(Standing & { line: number; ordinal: number; booked: Role; amount: bigint })[]> {
  const { rows } = await sql<Standing & { line: number; ordinal: number; booked: Role; amount: bigint }>`
    with r as materialized (select line, ordinal, booked, marketplace_name, order_id, amount from settlement_rows
      where connection = ${connection} and settlement_id = ${settlementId} and part = ${part} and booked = any(${[...PROFIT_ROLES]}) and sku is null
        and (line, ordinal) > (${after.line}, ${after.ordinal}) order by line, ordinal limit ${PAGE}),
    o as materialized (${standings(connection, 'r')})
    select r.*, coalesce(o.billed, false) as billed, o.elsewhere, o.non_amazon
    from r left join o on o.order_id = r.order_id order by r.line, r.ordinal`.execute(db);
  return rows;
}

/** What is known of each order that some rows name. */
function standings(connection: string, rows: 'r') {
  return sql`select of.order_id,
      exists (select from documents d where d.connection = ${connection} and d.order_id = of.order_id and ${isBill()}) as billed,
      (select array_agg(distinct x.booked order by x.booked) from settlement_rows x where x.connection = ${connection} and x.order_id = of.order_id and x.booked = any(${[...ELSEWHERE]})) as elsewhere,
      (select a.channel = 'NON_AMAZON' from orders a where a.connection = ${connection} and a.order_id = of.order_id) as non_amazon
    from (select distinct order_id from ${sql.ref(rows)} where order_id is not null) of`;
}

function behindOf(row: Standing & { booked: Role; amount: bigint }): Omit<RowsBehind, 'sku' | 'ordered'> {
  const standing: OrderStanding = {
    orderId: row.order_id,
    marketplaceName: row.marketplace_name,
    isNonAmazon: row.non_amazon ?? false,
    isBilled: row.billed,
    bookedOn: row.elsewhere ?? [],
  };
  return {
    booked: row.booked,
    amount: row.amount,
    marketplace: row.marketplace_name,
    channel: row.order_id === null ? 'ours' : channelOf(standing),
  };
}
