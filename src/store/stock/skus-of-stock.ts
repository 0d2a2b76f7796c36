/** SKUs that stock has met: of the ledger, its balances and inbound shipments. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** The two long tables are not read through: from each SKU the index is asked for the next one. */
const ofAll = (connection: string) => sql`of_rows as (
      select (select min(sku) from ledger_rows where connection = ${connection}) as sku
      union all
      select (select min(sku) from ledger_rows where connection = ${connection} and sku > of_rows.sku) from of_rows where of_rows.sku is not null
    ), of_balances as (
      select (select min(sku) from ledger_balances where connection = ${connection}) as sku
      union all
      select (select min(sku) from ledger_balances where connection = ${connection} and sku > of_balances.sku) from of_balances where of_balances.sku is not null
    ), of_all as (
      select sku from of_rows union select sku from of_balances
      union select item->>'sku' from inbound_shipments, jsonb_array_elements(items) as item where connection = ${connection}
    )`;

/** Those that Amazon has told, by name: of stock, and those for which orders wait. */
export async function loadSkusOfAmazon(db: Database, connection: string): Promise<string[]> {
  const { rows } = await sql<{ sku: string }>`
    with recursive ${ofAll(connection)}
    select sku from of_all where sku is not null and sku <> ''
    union select key from waits where connection = ${connection} and kind = 'sku'
    order by sku`.execute(db);
  return rows.map(({ sku }) => sku);
}

/** Those that nobody decided on and that no item was found for, by name. */
export async function loadUnmatchedSkus(db: Database, connection: string): Promise<string[]> {
  const { rows } = await sql<{ sku: string }>`
    with recursive ${ofAll(connection)}
    select sku from of_all where sku is not null and sku <> ''
      and not exists (select from decisions where connection = ${connection} and kind = 'sku' and key = of_all.sku)
      and not exists (select from stock_skus where connection = ${connection} and sku = of_all.sku)
    order by sku`.execute(db);
  return rows.map(({ sku }) => sku);
}

/** All of them, with those that a person or NetSuite has an item for, by name. */
export async function loadSkusOfStock(db: Database, connection: string): Promise<string[]> {
  const { rows } = await sql<{ sku: string }>`
    with recursive ${ofAll(connection)}
    select sku from of_all where sku is not null and sku <> ''
    union select sku from stock_skus where connection = ${connection}
    union select key from decisions where connection = ${connection} and kind = 'sku'
    order by sku`.execute(db);
  return rows.map(({ sku }) => sku);
}
