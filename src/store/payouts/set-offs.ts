import { sql } from 'kysely';
import { varianceJournal } from '../../domain/identifiers/settlement-key.ts';
import type { HeldOnSetOff } from '../../domain/payouts/set-offs.ts';
import type { Database } from '../database.ts';

/** What each settlement's posted journals hold on set-off, corrections and variances included; dated the settlement's first such row. */
export async function heldOnSetOff(db: Database, connection: string): Promise<HeldOnSetOff[]> {
  const { rows } = await sql<{
    settlement_id: string;
    currency: string;
    at: string;
    debits: bigint;
    credits: bigint;
  }>`
    select s.settlement_id, s.currency, min(r.posted_at) as at, held.debits, held.credits
    from settlements s join settlement_rows r on r.connection = s.connection and r.settlement_id = s.settlement_id and r.role = 'set-off'
    cross join lateral (select coalesce(sum((l.value -> 'debit' ->> '~')::bigint), 0)::bigint as debits, coalesce(sum((l.value -> 'credit' ->> '~')::bigint), 0)::bigint as credits
      from documents d cross join lateral jsonb_array_elements(d.plan -> 'lines') as l
      where d.connection = s.connection and d.settlement_id = s.settlement_id and d.purpose = 'JE' and d.state = 'posted' and l.value ->> 'role' = 'set-off') held
    where s.connection = ${connection} and s.state <> 'left-alone' group by s.connection, s.settlement_id, held.debits, held.credits order by s.settlement_id`.execute(
    db,
  );
  return rows.map(({ settlement_id: settlementId, currency, at, debits, credits }) => ({
    settlementId,
    currency,
    at,
    debits,
    credits,
  }));
}

/** A side that a controller has put on `variance`. */
export interface SettledSetOff {
  settlementId: string;
  number: number;
  amount: bigint;
  by: string;
  why: string;
  audit: number;
  at: string;
}

export async function settledSetOffs(db: Database, connection: string, settlementId: string): Promise<SettledSetOff[]> {
  const rows = await db
    .selectFrom('settled_set_offs')
    .selectAll()
    .where('connection', '=', connection)
    .where('settlement_id', '=', settlementId)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    number: row.number,
    amount: row.amount,
    by: row.decided_by,
    why: row.why,
    audit: row.audit,
    at: row.decided_at,
  }));
}

/** Σ of what was put on `variance` and whose journal is not posted yet. */
export async function unpostedSetOff(db: Database, connection: string, settlementId: string): Promise<bigint> {
  const { rows } = await sql<{ amount: bigint }>`
    select coalesce(sum(x.amount), 0)::bigint as amount from settled_set_offs x where x.connection = ${connection} and x.settlement_id = ${settlementId} and not exists (
      select 1 from documents d where d.external_id = x.journal and d.state = 'posted')`.execute(db);
  return rows[0]!.amount;
}

export async function recordSetOff(
  db: Database,
  connection: string,
  { settlementId, number, amount, by, why, audit, at }: SettledSetOff,
): Promise<void> {
  await db
    .insertInto('settled_set_offs')
    .values({
      connection,
      settlement_id: settlementId,
      number,
      journal: varianceJournal(connection, settlementId, number),
      amount,
      decided_by: by,
      why,
      audit,
      decided_at: at,
    })
    .execute();
}
