/** How much of what Amazon tells the store holds. */
import { sql } from 'kysely';
import type { ReadAgainWhat } from '../../domain/decisions/plan-read-again.ts';
import type { Database } from '../database.ts';

/** The instant by which each is asked for. */
const ASKED_BY: Record<ReadAgainWhat, string> = {
  orders: 'updated_at',
  shipments: 'shipped_at',
  refunds: 'posted_at',
  settlements: 'period_end',
};

export async function countKnown(
  db: Database,
  connection: string,
  what: ReadAgainWhat,
  { from, to }: { from: string; to: string },
): Promise<number> {
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from ${sql.table(what)} where connection = ${connection} and ${sql.ref(ASKED_BY[what])} between ${from} and ${to}`.execute(
    db,
  );
  return rows[0]!.known;
}
