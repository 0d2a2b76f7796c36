/** Where each item stands at the end of a day, both sides and the terms between them; and what the last run of planning left. */
import { sql } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { OpenGap } from '../../domain/stock/gaps.ts';
import type { LedgerPlace } from '../../domain/stock/pools.ts';
import type { InboundStanding, StockEquation, Waiting } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

/** Writes those that are not what they were the day before; what a later run says of the same day counts. In a transaction of the caller's. */
export async function saveStandings(
  tx: Database,
  connection: string,
  day: Day,
  equations: readonly StockEquation[],
): Promise<void> {
  await tx.deleteFrom('stock_standings').where('connection', '=', connection).where('day', '=', day).execute();
  const stood = await loadStandings(tx, connection, day);
  const before = new Map(stood.map((one) => [keyOf(one), saidBy(one)]));
  const changed = equations.filter((one) => before.get(keyOf(one)) !== saidBy(one));
  const now = new Set(equations.map(keyOf));
  for (const some of inBatches(
    stood.filter((one) => !now.has(keyOf(one))),
    2000,
  ))
    await tx
      .insertInto('stock_standings')
      .values(some.map(({ pool, item, place }) => ({ connection, pool, item, place, day, ...GONE })))
      .execute();
  for (const some of inBatches(changed, 2000))
    await tx
      .insertInto('stock_standings')
      .values(
        some.map(({ pool, item, place, amazon, netsuite, terms, parts }) => ({
          connection,
          pool,
          item,
          place,
          day,
          amazon,
          netsuite,
          opening: terms.opening,
          waiting: terms.waiting,
          ahead: terms.ahead,
          foreign_units: terms.foreign,
          gap: terms.gap,
          parts: factToJson(parts),
        })),
      )
      .execute();
}

/** From that day on an item stands in no equation: its SKU is another item. */
const GONE = { amazon: 0, netsuite: 0, opening: 0, waiting: 0, ahead: 0, foreign_units: 0, gap: 0, parts: 'null' };

const keyOf = ({ pool, item, place }: StockEquation): string => `${pool} ${place} ${item}`;
const saidBy = ({ amazon, netsuite, terms, parts }: StockEquation): string =>
  JSON.stringify([amazon, netsuite, terms, parts]);

/** The last standing of each item at a place on a day or before it; without those that are gone by then. */
export async function loadStandings(db: Database, connection: string, day: Day): Promise<StockEquation[]> {
  const { rows } = await sql<
    Pick<StockEquation, 'pool' | 'item' | 'day' | 'amazon' | 'netsuite'> &
      Omit<StockEquation['terms'], 'foreign'> & { place: LedgerPlace; foreign_units: number; parts: unknown }
  >`
    select distinct on (pool, item, place) pool, item, place, day, amazon, netsuite, opening, waiting, ahead, foreign_units, gap, parts
    from stock_standings where connection = ${connection} and day <= ${day}
    order by pool, item, place, day desc`.execute(db);
  const standing = rows.filter(({ parts }) => parts !== null);
  return standing.map(({ opening, waiting, ahead, foreign_units: foreign, gap, parts, ...rest }) => ({
    ...rest,
    terms: { opening, waiting, ahead, foreign, gap },
    parts: factFromJson<StockEquation['parts']>(parts),
  }));
}

/** What the last run of planning left: rows that wait, where shipments stand, gaps that are open. */
export interface StockRun {
  /** Last day for which the equation was worked out; null before the first. */
  day: Day | null;
  plannedAt: Instant;
  /** The last day that was looked at, where there are more rows than one run takes; null: all were. */
  through: Day | null;
  waiting: Waiting[];
  inbound: InboundStanding[];
  gaps: OpenGap[];
}

export async function loadStockRun(db: Database, connection: string): Promise<StockRun | null> {
  const row = await db.selectFrom('stock_runs').selectAll().where('connection', '=', connection).executeTakeFirst();
  if (!row) return null;
  return {
    day: row.day,
    plannedAt: row.planned_at,
    through: row.through,
    waiting: factFromJson<Waiting[]>(row.waiting),
    inbound: factFromJson<InboundStanding[]>(row.inbound),
    gaps: factFromJson<OpenGap[]>(row.gaps),
  };
}

export async function saveStockRun(db: Database, connection: string, run: StockRun): Promise<void> {
  const values = {
    day: run.day,
    planned_at: run.plannedAt,
    through: run.through,
    waiting: factToJson(run.waiting),
    inbound: factToJson(run.inbound),
    gaps: factToJson(run.gaps),
  };
  await db
    .insertInto('stock_runs')
    .values({ connection, ...values })
    .onConflict((conflict) => conflict.column('connection').doUpdateSet(values))
    .execute();
}

/** It was looked at once more, and nothing was new. */
export async function touchStockRun(db: Database, connection: string, plannedAt: Instant): Promise<void> {
  await db.updateTable('stock_runs').set({ planned_at: plannedAt }).where('connection', '=', connection).execute();
}
