/** Orders of a month as Amazon's all-orders report tells them. */
import { sql } from 'kysely';
import type { MonthOrder, MonthOrders } from '../../domain/period/month-orders.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

export type { MonthOrders } from '../../domain/period/month-orders.ts';

/** Takes the place of what was stored of the month. */
export async function saveMonthOrders(
  db: Database,
  connection: string,
  period: string,
  { askedAt, readAt, sha256, unreadable, orders }: MonthOrders,
): Promise<void> {
  const report = { asked_at: askedAt, read_at: readAt, sha256, unreadable, orders: factToJson(orders) };
  await db
    .insertInto('month_orders')
    .values({ connection, period, ...report })
    .onConflict((conflict) => conflict.columns(['connection', 'period']).doUpdateSet(report))
    .execute();
}

/** @param period `2026-10`. Null until the report of that month was read. */
export async function monthOrders(db: Database, connection: string, period: string): Promise<MonthOrders | null> {
  const row = await db
    .selectFrom('month_orders')
    .select(['asked_at', 'read_at', 'sha256', 'unreadable', 'orders'])
    .where('connection', '=', connection)
    .where('period', '=', period)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { asked_at: askedAt, read_at: readAt, sha256, unreadable } = row;
  return { askedAt, readAt, sha256, unreadable, orders: factFromJson<MonthOrder[]>(row.orders) };
}

/** Months whose report was read. */
export async function monthsRead(db: Database, connection: string): Promise<Set<string>> {
  const rows = await db.selectFrom('month_orders').select('period').where('connection', '=', connection).execute();
  return new Set(rows.map(({ period }) => period));
}

/** Deletes those of months before this one, and Amazon's balances of their days. */
export async function purgeMonths(db: Database, connection: string, month: string): Promise<void> {
  await sql`delete from month_orders where connection = ${connection} and period < ${month}`.execute(db);
  await sql`delete from amazon_balances where connection = ${connection} and day < ${`${month}-01`}`.execute(db);
}
