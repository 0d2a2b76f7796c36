/** Every decision on the item of a SKU that was ever taken, by the record, which is only ever added to. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';

export interface DecidedSku {
  sku: string;
  item: string;
  units: number;
  at: Instant;
  /** It counts for all days before as well. */
  fromTheStart: boolean;
}

export async function loadDecidedSkus(db: Database, connection: string): Promise<DecidedSku[]> {
  const { rows } = await sql<DecidedSku>`
    select detail->>'key' as sku, detail->>'choice' as item, coalesce((detail->>'units')::int, 1) as units, at,
      coalesce((detail->>'fromTheStart')::boolean, false) as "fromTheStart"
    from audit where connection = ${connection} and action = 'map-sku' order by id`.execute(db);
  return rows;
}

/**
 * Whether nothing was ever booked of what a SKU is until now, since its item cannot be counted: no document of stock names
 * the item, and nothing answers a row of the SKU.
 */
export async function isNeverBooked(db: Database, connection: string, sku: string): Promise<boolean> {
  const { rows } = await sql<{ never: boolean }>`
    with before as (
      select coalesce(
        (select detail->>'choice' from audit where connection = ${connection} and action = 'map-sku' and detail->>'key' = ${sku} order by id desc limit 1),
        (select item from stock_skus where connection = ${connection} and sku = ${sku})) as item)
    select exists (select 1 from stock_items i where i.connection = ${connection} and i.item = before.item and i.uncountable is not null)
      and not exists (select 1 from documents d where d.connection = ${connection} and d.plan->'lines' @> jsonb_build_array(jsonb_build_object('item', before.item)))
      and not exists (select 1 from ledger_rows r join stock_answers a using (connection, row_id) where r.connection = ${connection} and r.sku = ${sku}) as never
    from before`.execute(db);
  return rows[0]!.never;
}
