/** What became of the lines of a statement. Reads only. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface StatementLineUse {
  date: string;
  amount: bigint;
  currency: string;
  description: string;
  transactionId: string | null;
  /** The movement that it proves, or null. */
  movement: { externalId: string; settlementId: string; kind: string; traceId: string | null } | null;
  /** For a line that proves none: a settlement of just that total whose movements are not known yet. */
  expectedBy: string | null;
}

/** A line by the number under which people name it. */
export interface NumberedLine {
  number: number;
  connection: string;
  account: 'bank' | 'card';
  accountTail: string | null;
  date: string;
  amount: bigint;
  currency: string;
  description: string;
  transactionId: string | null;
  movement: { externalId: string; settlementId: string; kind: string } | null;
}

/** Stored lines by their days. `unmatched`: those that prove nothing. */
export async function numberedLines(
  db: Database,
  connections: readonly string[],
  filter: { account: 'bank' | 'card' | null; unmatched: boolean },
): Promise<NumberedLine[]> {
  let query = db
    .selectFrom('bank_lines as b')
    .leftJoin('movements as m', (join) =>
      join.onRef('m.connection', '=', 'b.connection').onRef('m.external_id', '=', 'b.movement'),
    )
    .select([
      'b.number',
      'b.connection',
      'b.account',
      'b.account_tail',
      'b.date',
      'b.amount',
      'b.currency',
      'b.description',
      'b.transaction_id',
      'm.external_id',
      'm.settlement_id',
      'm.kind',
    ])
    .where('b.connection', 'in', connections)
    .orderBy('b.date')
    .orderBy('b.number');
  if (filter.account !== null) query = query.where('b.account', '=', filter.account);
  if (filter.unmatched) query = query.where('b.movement', 'is', null);
  return (await query.execute()).map((row) => ({
    number: row.number,
    connection: row.connection,
    account: row.account as 'bank' | 'card',
    accountTail: row.account_tail,
    date: row.date,
    amount: row.amount,
    currency: row.currency,
    description: row.description,
    transactionId: row.transaction_id,
    movement:
      row.external_id === null
        ? null
        : { externalId: row.external_id, settlementId: row.settlement_id!, kind: row.kind! },
  }));
}

/** Some lines by their keys. */
export async function linesByKey(
  db: Database,
  connection: string,
  keys: readonly string[],
): Promise<Map<string, Omit<StatementLineUse, 'movement' | 'expectedBy'> & { account: 'bank' | 'card' }>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('bank_lines')
    .select(['line_key', 'account', 'date', 'amount', 'currency', 'description', 'transaction_id'])
    .where('connection', '=', connection)
    .where('line_key', 'in', keys)
    .execute();
  return new Map(
    rows.map(({ line_key: key, account, transaction_id: transactionId, ...line }) => [
      key,
      { ...line, account: account as 'bank' | 'card', transactionId },
    ]),
  );
}

/** Lines of an account in a span of days, in the order of their dates. */
export async function statementLines(
  db: Database,
  connection: string,
  account: 'bank' | 'card',
  from: string,
  to: string,
): Promise<StatementLineUse[]> {
  const { rows } = await sql<{
    date: string;
    amount: bigint;
    currency: string;
    description: string;
    transaction_id: string | null;
    external_id: string | null;
    settlement_id: string | null;
    kind: string | null;
    trace_id: string | null;
    expected_by: string | null;
  }>`
    select b.date, b.amount, b.currency, b.description, b.transaction_id, m.external_id, m.settlement_id, m.kind, m.trace_id,
      (select min(s.settlement_id) from settlements s where m.external_id is null and s.connection = b.connection and s.total = b.amount and s.currency = b.currency and s.total > 0
        and not exists (select 1 from movements p where p.connection = s.connection and p.settlement_id = s.settlement_id and p.kind = 'payout' and p.bank_line is not null)) as expected_by
    from bank_lines b left join movements m on m.connection = b.connection and m.external_id = b.movement
    where b.connection = ${connection} and b.account = ${account} and b.date between ${from}::date and ${to}::date order by b.date, b.line_key`.execute(
    db,
  );
  return rows.map((row) => ({
    date: row.date,
    amount: row.amount,
    currency: row.currency,
    description: row.description,
    transactionId: row.transaction_id,
    movement:
      row.external_id === null
        ? null
        : { externalId: row.external_id, settlementId: row.settlement_id!, kind: row.kind!, traceId: row.trace_id },
    expectedBy: row.expected_by,
  }));
}

/** States of some settlements, for what a line still waits for. */
export async function settlementStates(
  db: Database,
  connection: string,
  settlementIds: readonly string[],
): Promise<Map<string, string>> {
  if (settlementIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('settlements')
    .select(['settlement_id', 'state'])
    .where('connection', '=', connection)
    .where('settlement_id', 'in', settlementIds)
    .execute();
  return new Map(rows.map((row) => [row.settlement_id, row.state]));
}
