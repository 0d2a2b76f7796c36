/** Where each item stands at the end of the last whole day, both sides and the terms between them; and what the last run of planning left. */
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { OpenGap } from '../../domain/stock/gaps.ts';
import type { LedgerPlace } from '../../domain/stock/pools.ts';
import type { InboundStanding, StockEquation } from '../../domain/stock/stock-plan.ts';
import type { Waiting } from '../../domain/stock/waiting.ts';
import type { Database } from '../database.ts';
import { factFromJson, factToJson } from '../fact-json.ts';
import { inBatches } from '../in-batches.ts';

/** In the place of those of the day before; writes what is not what it was. In a transaction of the caller's. */
export async function saveStandings(
  tx: Database,
  connection: string,
  equations: readonly StockEquation[],
): Promise<void> {
  const before = new Map((await loadStandings(tx, connection, '')).map((one) => [keyOf(one), one]));
  const changed = equations.filter((one) => {
    const stood = before.get(keyOf(one));
    before.delete(keyOf(one));
    return stood === undefined || saidBy(stood) !== saidBy(one);
  });
  // Items that stand in no equation any more: their SKU is another item.
  for (const { pool, item, place } of before.values())
    await tx
      .deleteFrom('stock_standings')
      .where('connection', '=', connection)
      .where('pool', '=', pool)
      .where('item', '=', item)
      .where('place', '=', place)
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
      .onConflict((conflict) =>
        conflict.columns(['connection', 'pool', 'item', 'place']).doUpdateSet(({ ref }) => ({
          amazon: ref('excluded.amazon'),
          netsuite: ref('excluded.netsuite'),
          opening: ref('excluded.opening'),
          waiting: ref('excluded.waiting'),
          ahead: ref('excluded.ahead'),
          foreign_units: ref('excluded.foreign_units'),
          gap: ref('excluded.gap'),
          parts: ref('excluded.parts'),
        })),
      )
      .execute();
}

const keyOf = ({ pool, item, place }: StockEquation): string => `${pool} ${place} ${item}`;
const saidBy = ({ amazon, netsuite, terms, parts }: StockEquation): string =>
  JSON.stringify([amazon, netsuite, terms, parts]);

/** The standing of each item at a place at the end of the last whole day. @param day that one */
export async function loadStandings(db: Database, connection: string, day: Day): Promise<StockEquation[]> {
  const rows = await db
    .selectFrom('stock_standings')
    .selectAll()
    .where('connection', '=', connection)
    .orderBy('pool')
    .orderBy('item')
    .orderBy('place')
    .execute();
  return rows.map(
    ({ pool, item, place, amazon, netsuite, opening, waiting, ahead, foreign_units: foreign, gap, parts }) => ({
      pool,
      item,
      place: place as LedgerPlace,
      day,
      amazon,
      netsuite,
      terms: { opening, waiting, ahead, foreign, gap },
      parts: factFromJson<StockEquation['parts']>(parts),
    }),
  );
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
