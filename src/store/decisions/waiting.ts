/** Who waits for decisions, and how far those have come that a decision released. Reads only. */
import { sql, type RawBuilder } from 'kysely';
import type { OrderState } from '../../domain/orders/order-states.ts';
import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import type { Database } from '../database.ts';
import type { WaitKind } from './decisions.ts';

export interface OpenWait {
  connection: string;
  kind: WaitKind;
  key: string;
  workflowId: string;
}

/** Whether a part of a decision's folded key (its columns are split by tabs) is that of a wait's, or its beginning where it ends in `…`. */
function holdsFor(part: 2 | 3): RawBuilder<boolean> {
  const [named, asked] = [
    sql`split_part(d.key, chr(9), ${sql.lit(part)})`,
    sql`split_part(w.key, chr(9), ${sql.lit(part)})`,
  ];
  return sql`(${named} = ${asked} or right(${named}, 1) = '…' and starts_with(${asked}, left(${named}, -1)))`;
}

/** Every wait whose decision is still open, oldest first. */
export async function openWaits(db: Database, connection?: string): Promise<OpenWait[]> {
  const decided = sql<boolean>`exists (select from decisions d where d.connection = w.connection and d.kind = w.kind and (d.key = w.key
    or d.kind = 'amount' and split_part(d.key, chr(9), 1) = split_part(w.key, chr(9), 1) and ${holdsFor(2)} and ${holdsFor(3)}))`;
  let query = db
    .selectFrom('waits as w')
    .select(['w.connection', 'w.kind', 'w.key', 'w.workflow_id'])
    .where(sql<boolean>`not ${decided}`)
    .orderBy('w.since')
    .orderBy('w.workflow_id');
  if (connection !== undefined) query = query.where('w.connection', '=', connection);
  return (await query.execute()).map((row) => ({
    connection: row.connection,
    kind: row.kind as WaitKind,
    key: row.key,
    workflowId: row.workflow_id,
  }));
}

export interface WaitingOrder {
  orderId: string;
  state: OrderState;
  blockedBy: string | null;
  salesOrder: { total: bigint; currency: string } | null;
}

/** State and posted Sales Order of some orders. */
export async function waitingOrders(
  db: Database,
  connection: string,
  orderIds: readonly string[],
): Promise<WaitingOrder[]> {
  if (orderIds.length === 0) return [];
  const rows = await db
    .selectFrom('orders as o')
    .leftJoin('documents as d', (join) =>
      join
        .onRef('d.connection', '=', 'o.connection')
        .onRef('d.order_id', '=', 'o.order_id')
        .on('d.purpose', '=', 'SO')
        .on('d.state', '=', 'posted'),
    )
    .select(['o.order_id', 'o.state', 'o.blocked_by', 'd.total', 'd.currency'])
    .where('o.connection', '=', connection)
    .where('o.order_id', 'in', orderIds)
    .orderBy('o.order_id')
    .execute();
  return rows.map((row) => ({
    orderId: row.order_id,
    state: row.state,
    blockedBy: row.blocked_by,
    salesOrder: row.total === null || row.currency === null ? null : { total: row.total, currency: row.currency },
  }));
}

export interface WaitingPayout {
  settlementId: string;
  state: PayoutState;
  currency: string;
  /** Its journal is posted whole; the sum of its debits. */ debits: bigint | null;
}

/** State and posted journal of some payouts. */
export async function waitingPayouts(
  db: Database,
  connection: string,
  settlementIds: readonly string[],
): Promise<WaitingPayout[]> {
  if (settlementIds.length === 0) return [];
  const rows = await db
    .selectFrom('settlements as s')
    .leftJoin('documents as d', (join) =>
      join
        .onRef('d.connection', '=', 's.connection')
        .onRef('d.settlement_id', '=', 's.settlement_id')
        .on('d.purpose', '=', 'JE'),
    )
    .select([
      's.settlement_id',
      's.state',
      's.currency',
      sql<bigint | null>`sum(d.total)::bigint`.as('debits'),
      sql<boolean | null>`bool_and(d.state = 'posted')`.as('posted'),
    ])
    .where('s.connection', '=', connection)
    .where('s.settlement_id', 'in', settlementIds)
    .groupBy(['s.settlement_id', 's.state', 's.currency'])
    .orderBy('s.settlement_id')
    .execute();
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    state: row.state,
    currency: row.currency,
    debits: row.posted === true ? row.debits : null,
  }));
}

/** Rows of one amount key as it is spelled, by settlement: how many, their sum, and the first lines of the report. */
export async function rowsOfKey(
  db: Database,
  connection: string,
  key: readonly [string, string, string],
): Promise<{ settlementId: string; currency: string; rows: number; amount: bigint; lines: number[] }[]> {
  const { rows } = await sql<{
    settlement_id: string;
    currency: string;
    rows: bigint;
    amount: bigint;
    lines: number[];
  }>`
    select r.settlement_id, s.currency, count(*) as rows, sum(r.amount)::bigint as amount, (array_agg(r.line order by r.line))[1:5] as lines
    from settlement_rows r join settlements s using (connection, settlement_id)
    where r.connection = ${connection} and r.transaction_type = ${key[0]} and r.amount_type = ${key[1]} and r.amount_description = ${key[2]}
    group by r.settlement_id, s.currency order by r.settlement_id`.execute(db);
  return rows.map((row) => ({
    settlementId: row.settlement_id,
    currency: row.currency,
    rows: Number(row.rows),
    amount: row.amount,
    lines: row.lines,
  }));
}

/** The database's own clock, for what a command writes down. */
export async function databaseNow(db: Database): Promise<string> {
  const { rows } = await sql<{ now: string }>`select now() as now`.execute(db);
  return rows[0]!.now;
}
