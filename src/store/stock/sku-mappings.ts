/** Every decision on the item of a SKU that was ever taken, by the record, which is only ever added to. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { Database } from '../database.ts';

export interface DecidedSku {
  sku: string;
  item: string;
  units: number;
  at: Instant;
}

export async function loadDecidedSkus(db: Database, connection: string): Promise<DecidedSku[]> {
  const { rows } = await sql<DecidedSku>`
    select detail->>'key' as sku, detail->>'choice' as item, coalesce((detail->>'units')::int, 1) as units, at
    from audit where connection = ${connection} and action = 'map-sku' order by id`.execute(db);
  return rows;
}
