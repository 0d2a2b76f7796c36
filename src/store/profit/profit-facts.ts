/** What a month's profit is worked out from, and the result. */
import { sql } from 'kysely';
import { kindOf, PURPOSES, type Purpose } from '../../domain/documents/document-kinds.ts';
import type { Day } from '../../domain/money/instant.ts';
import type { Channel } from '../../domain/profit/channel.ts';
import type { MonthProfit } from '../../domain/profit/month-profit.ts';
import type { ProfitRole, UnitsSplit } from '../../domain/profit/split.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

/** Of a document `d`. */
export const isUnsplit = sql<boolean>`d.splits is distinct from (select count(*)::int from splits s where s.document = d.external_id)`;
/** Documents that credit a buyer. */
const CREDITS = PURPOSES.filter((purpose) => kindOf(purpose).plan === 'credit');
const BOOKED = (connection: string, from: Day, to: Day) =>
  sql`d.connection = ${connection} and d.state = 'posted' and d.date >= ${from} and d.date <= ${to}`;

export interface SplitSum {
  currency: string;
  role: ProfitRole;
  sku: string | null;
  channel: Channel;
  marketplace: string | null;
  isRefund: boolean;
  amount: bigint;
  units: number;
}

/** Amounts of ours in the month, of documents that NetSuite has. */
export async function splitSums(db: Database, connection: string, from: Day, to: Day): Promise<SplitSum[]> {
  const { rows } = await sql<SplitSum>`
    select d.currency, s.role, s.sku, s.channel, s.marketplace, d.purpose = any(${CREDITS}) as "isRefund",
      sum(s.amount)::bigint as amount, coalesce(sum(s.units), 0)::int as units
    from documents d join splits s on s.document = d.external_id
    where ${BOOKED(connection, from, to)} and s.amount is not null
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`.execute(db);
  return rows;
}

/** The same by document: asked for where the month does not agree. */
export async function splitsByDocument(
  db: Database,
  connection: string,
  from: Day,
  to: Day,
): Promise<{ document: string; currency: string; amount: bigint }[]> {
  const { rows } = await sql<{ document: string; currency: string; amount: bigint }>`
    select d.external_id as document, d.currency, sum(s.amount)::bigint as amount
    from documents d join splits s on s.document = d.external_id
    where ${BOOKED(connection, from, to)} and s.amount is not null group by 1, 2 order by 1`.execute(db);
  return rows;
}

/** By document, of those whose amounts are NetSuite's. */
export async function unitSplits(
  db: Database,
  connection: string,
  from: Day,
  to: Day,
): Promise<Map<string, UnitsSplit[]>> {
  const { rows } = await sql<{
    document: string;
    line: number;
    item: string | null;
    sku: string | null;
    channel: Channel;
    marketplace: string | null;
    units: number;
  }>`
    select s.document, s.line, s.item, s.sku, s.channel, s.marketplace, s.units
    from documents d join splits s on s.document = d.external_id
    where ${BOOKED(connection, from, to)} and s.amount is null order by s.document, s.ordinal`.execute(db);
  const splits = new Map<string, UnitsSplit[]>();
  for (const { document, ...split } of rows) {
    const known = splits.get(document);
    if (known) known.push(split);
    else splits.set(document, [split]);
  }
  return splits;
}

/**
 * Posted documents dated in the month whose splits are not all there: of before there were any, or lost. Whatever takes another one
 * back comes last; so many at once.
 */
export async function unsplit(
  db: Database,
  connection: string,
  from: Day,
  to: Day,
  most: number,
): Promise<{ externalId: string; purpose: Purpose; reverses: string | null }[]> {
  const { rows } = await sql<{ externalId: string; purpose: Purpose; reverses: string | null }>`
    select d.external_id as "externalId", d.purpose, d.plan->>'reverses' as reverses from documents d
    where ${BOOKED(connection, from, to)} and ${isUnsplit} order by (d.plan->>'reverses') is not null, d.external_id limit ${most}`.execute(
    db,
  );
  return rows;
}

export async function saveProfit(db: Database, connection: string, profit: MonthProfit): Promise<void> {
  const values = { evaluated_at: profit.evaluatedAt, profit: factToJson(profit) };
  await db
    .insertInto('profit_months')
    .values({ connection, period: profit.period, ...values })
    .onConflict((conflict) => conflict.columns(['connection', 'period']).doUpdateSet(values))
    .execute();
}

export async function loadProfit(db: Database, connection: string, period: string): Promise<MonthProfit | null> {
  const row = await db
    .selectFrom('profit_months')
    .select('profit')
    .where('connection', '=', connection)
    .where('period', '=', period)
    .executeTakeFirst();
  return row === undefined ? null : factFromJson<MonthProfit>(row.profit);
}

/** NetSuite's items of SKUs by name, and units in one, as people decided. */
export async function decidedItems(db: Database, connection: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('decisions')
    .select(['key', 'choice'])
    .where('connection', '=', connection)
    .where('kind', '=', 'sku')
    .execute();
  return new Map(rows.map(({ key, choice }) => [key, choice]));
}
