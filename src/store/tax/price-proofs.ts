/** How the prices of a marketplace are read was proven, or confirmed by a person: kept in the record of what was done. */
import { sql } from 'kysely';
import type { Instant } from '../../domain/money/instant.ts';
import type { PriceReading } from '../../domain/tax/try-prices.ts';
import type { Database } from '../database.ts';
import { recordAudit, recordAuditOnce } from '../audit/audit-log.ts';

export interface PriceProof {
  audit: number;
  by: string;
  at: Instant;
}

/** The last that was said of just these settings of a marketplace; null where nothing was. */
export async function lastPriceProof(
  db: Database,
  connection: string,
  marketplace: string,
  { prices, collects, calculatedBy }: PriceReading,
): Promise<PriceProof | null> {
  const about = JSON.stringify({ marketplace, prices, collects, calculatedBy });
  const { rows } = await sql<{ id: number; decided_by: string; at: Instant }>`
    select id, decided_by, at from audit where connection = ${connection} and action in ('prove-prices', 'confirm-prices') and detail @> ${about}::jsonb
    order by id desc limit 1`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { audit: row.id, by: row.decided_by, at: row.at };
}

/** Returns the number of the record. `act` is a person's: an attempt that runs again finds what it wrote. */
export function recordPriceProof(
  db: Database,
  connection: string,
  action: 'prove-prices' | 'confirm-prices',
  {
    marketplace,
    reading,
    evidence,
    act = null,
    ...said
  }: {
    marketplace: string;
    reading: PriceReading;
    evidence: string;
    act?: string | null;
    by: string;
    why: string;
    at: Instant;
  },
): Promise<number> {
  const entry = { action, detail: { marketplace, ...reading, evidence }, ...said };
  return act === null ? recordAudit(db, connection, entry) : recordAuditOnce(db, connection, act, entry);
}
