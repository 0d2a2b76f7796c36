/** Counts and sums of one connection that its tie-out explains NetSuite's figures by. */
import { sql } from 'kysely';
import { SALES_PURPOSES, type SalesPurpose } from '../../domain/documents/document-kinds.ts';
import type { SettledPeriod } from '../../domain/payouts/ledger-facts.ts';
import type { Database } from '../database.ts';
import { clearingSums } from '../payouts/clearing-sums.ts';

export interface OrderCounts {
  seen: number;
  salesOrders: number;
  dispatched: number;
  settled: number;
  pending: number;
  cancelled: number;
  waiting: number;
  fulfilments: number;
  invoices: number;
  creditMemos: number;
}

export async function countOrders(db: Database, connection: string): Promise<OrderCounts> {
  const { rows } = await sql<Record<keyof OrderCounts, bigint>>`
    select
      (select count(*) from orders where connection = ${connection}) as seen,
      (select count(*) from documents where connection = ${connection} and purpose = 'SO' and state = 'posted') as "salesOrders",
      (select count(distinct order_id) from documents where connection = ${connection} and purpose = 'IF' and state = 'posted') as dispatched,
      (select count(distinct d.order_id) from applications a join documents d on d.external_id = a.document where a.connection = ${connection} and a.kind = 'PAY' and a.applied) as settled,
      (select count(*) from orders where connection = ${connection} and state = 'pending' and currency is null) as pending,
      (select count(*) from orders where connection = ${connection} and (state = 'cancelled' or status = 'CANCELLED')) as cancelled,
      (select count(*) from orders where connection = ${connection} and state = 'waits') as waiting,
      (select count(*) from documents where connection = ${connection} and purpose = 'IF' and state = 'posted') as fulfilments,
      (select count(*) from documents where connection = ${connection} and purpose = 'INV' and state = 'posted') as invoices,
      (select count(*) from documents where connection = ${connection} and purpose = 'CM' and state = 'posted') as "creditMemos"`.execute(
    db,
  );
  return Object.fromEntries(
    Object.entries(rows[0]!).map(([name, count]) => [name, Number(count)]),
  ) as unknown as OrderCounts;
}

export async function countDocuments(db: Database, connection: string): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('documents')
    .select(['purpose', sql<bigint>`count(*)`.as('count')])
    .where('connection', '=', connection)
    .where('state', '=', 'posted')
    .groupBy('purpose')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.purpose, Number(row.count)]));
}

/** Posted invoices and credit memos with what was applied of each. */
export async function settledDocuments(
  db: Database,
  connection: string,
): Promise<{ purpose: SalesPurpose; currency: string; total: bigint; applied: bigint }[]> {
  const { rows } = await sql<{ purpose: SalesPurpose; currency: string; total: bigint; applied: bigint }>`
    select d.purpose, d.currency, d.total, coalesce((select sum(a.amount) from applications a where a.connection = d.connection and a.document = d.external_id and a.applied), 0)::bigint as applied
    from documents d where d.connection = ${connection} and d.purpose = any(${SALES_PURPOSES}) and d.state = 'posted'`.execute(
    db,
  );
  return rows;
}

/** Settlements whose journal is posted, with the sums of what stands on their clearing. */
export async function settledPeriods(
  db: Database,
  connection: string,
): Promise<(SettledPeriod & { settlementId: string; currency: string })[]> {
  const { rows } = await sql<{
    settlement_id: string;
    currency: string;
    period_start: string;
    period_end: string;
    total: bigint;
    current_reserve: bigint;
  }>`
    select s.settlement_id, s.currency, s.period_start, s.period_end, s.total,
      coalesce((select sum(amount) from settlement_rows r where r.connection = s.connection and r.settlement_id = s.settlement_id and r.role = 'reserve-held'), 0)::bigint as current_reserve
    from settlements s where s.connection = ${connection}
      and exists (select 1 from documents d where d.connection = s.connection and d.settlement_id = s.settlement_id and d.purpose = 'JE' and d.state = 'posted')
    order by s.period_start, s.settlement_id`.execute(db);
  const ids = rows.map((row) => row.settlement_id);
  const clearingOf = await clearingSums(db, connection, ids, 'posted');
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    start: row.period_start,
    end: row.period_end,
    total: row.total,
    currentReserve: row.current_reserve,
    clearing: clearingOf(row.settlement_id),
  }));
}
