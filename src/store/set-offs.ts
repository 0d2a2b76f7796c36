import { sql } from 'kysely';
import type { SetOffSide } from '../domain/payouts/set-offs.ts';
import type { Database } from './database.ts';

/** What each settlement's posted journals hold on set-off, corrections and variances included; dated the settlement's first such row. */
export async function setOffSides(db: Database, connection: string): Promise<SetOffSide[]> {
  const { rows } = await sql<{ settlement_id: string; currency: string; amount: bigint; at: string }>`
    select s.settlement_id, s.currency, min(r.posted_at) as at,
      coalesce((select sum((l.value -> 'debit' ->> '~')::bigint - (l.value -> 'credit' ->> '~')::bigint)
        from documents d cross join lateral jsonb_array_elements(d.plan -> 'lines') as l
        where d.connection = s.connection and d.settlement_id = s.settlement_id and d.purpose = 'JE' and d.state = 'posted' and l.value ->> 'role' = 'set-off'), 0)::bigint as amount
    from settlements s join settlement_rows r on r.connection = s.connection and r.settlement_id = s.settlement_id and r.role = 'set-off'
    where s.connection = ${connection} and s.state <> 'left-alone' group by s.connection, s.settlement_id order by s.settlement_id`.execute(db);
  return rows.map((row) => ({ settlementId: row.settlement_id, currency: row.currency, amount: row.amount, at: row.at }));
}
