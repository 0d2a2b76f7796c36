/** Where orders went whose sale is not in these books, by people's word. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface SalePlace {
  country: string;
  audit: number;
  by: string;
  at: string;
}

/** The last word about an order; null where nobody has said it. */
export async function salePlaceOf(db: Database, connection: string, orderId: string): Promise<SalePlace | null> {
  const { rows } = await sql<SalePlace>`
    select detail ->> 'country' as country, id as audit, decided_by as by, at from audit
    where connection = ${connection} and action = 'place-sale' and detail ->> 'orderId' = ${orderId} order by id desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}
