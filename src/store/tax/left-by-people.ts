/** Tax of payouts that people have left where it stands. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** What was left of a payout, in the words of those that asked about it; each act stands for what it names and nothing else. */
export interface LeftByPeople {
  /** Of tax that is nobody's, by order. */
  nobodys: ReadonlySet<string>;
  /** Of tax that is left although Amazon collects it, by order. */
  residuals: ReadonlySet<string>;
  /** Number of the last act's record; null for none. */
  audit: number | null;
}

export async function leftByPeople(db: Database, connection: string, settlementId: string): Promise<LeftByPeople> {
  const { rows } = await sql<{ id: number; detail: { nobodys?: string[]; residuals?: string[] } }>`
    select id, detail from audit
    where connection = ${connection} and action = 'leave-tax' and detail ->> 'settlementId' = ${settlementId} order by id`.execute(
    db,
  );
  return {
    nobodys: new Set(rows.flatMap(({ detail }) => detail.nobodys ?? [])),
    residuals: new Set(rows.flatMap(({ detail }) => detail.residuals ?? [])),
    audit: rows.at(-1)?.id ?? null,
  };
}
