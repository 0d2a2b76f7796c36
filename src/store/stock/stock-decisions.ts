/** What people decided about stock, in the order in which they did; nothing is ever replaced. */
import { sql } from 'kysely';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { StockDecision, TakenDecision } from '../../domain/stock/stock-decisions.ts';
import type { Database } from '../database.ts';
import { lastAuditOf, recordAudit } from '../decisions/decisions.ts';
import { factFromJson, factToJson } from '../fact-json.ts';

/** `id` is the number of the row. */
export async function loadStockDecisions(db: Database, connection: string): Promise<StockDecision[]> {
  const rows = await db
    .selectFrom('stock_decisions')
    .select(['id', 'kind', 'decision', 'day'])
    .where('connection', '=', connection)
    .orderBy('id')
    .execute();
  return rows.map(({ id, kind, decision, day }) => ({
    ...factFromJson<StockDecision>(decision),
    // A bigint as the database gives it.
    id: String(id),
    kind,
    day,
  })) as StockDecision[];
}

/** A decision with who took it, and when: `day` is that of `at` in the home zone. */
export interface StockDecisionTaken {
  decision: TakenDecision;
  by: string;
  why: string;
  at: Instant;
  day: Day;
}

/**
 * Stores a decision and its record together, alone among those of the connection. The last one about the same thing, said
 * once more within a day, is no other: an attempt that runs again, over midnight too, finds what it wrote, and so does a
 * person who repeats himself; what was decided earlier than that may have come to pass, and is decided anew.
 * @param holds refuses, by throwing, what cannot hold; a decision that is known is not asked again
 * @returns its number in the record
 */
export function storeStockDecision(
  db: Database,
  connection: string,
  taken: StockDecisionTaken,
  holds: (tx: Database) => Promise<void> = async () => {},
): Promise<number> {
  const { decision, by, why, at, day } = taken;
  const { kind, ...said } = decision;
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`stock decisions ${connection}`}, 0))`.execute(tx);
    const known = await knownDecision(tx, connection, taken);
    if (known !== null) return known;
    await holds(tx);
    const { id } = await tx
      .insertInto('stock_decisions')
      .values({ connection, kind, decision: factToJson(said), day, decided_by: by, why, at })
      .returning('id')
      .executeTakeFirstOrThrow();
    return recordAudit(tx, connection, {
      action: actionOf(kind),
      detail: { ...said, day, decision: String(id) },
      by,
      why,
      at,
    });
  });
}

/** What a decision is about: a later one about the same stands beside it. */
const ABOUT: { readonly [K in TakenDecision['kind']]: (keyof Extract<TakenDecision, { kind: K }>)[] } = {
  mapMovement: ['eventType', 'reason'],
  answerRows: ['rows'],
  explainForeign: ['document'],
  decideInbound: ['shipmentId', 'sku'],
  closeGap: ['pool', 'item', 'place'],
  approveOpening: ['pool', 'items'],
  approveAdjustment: ['document'],
};

const DAY_MS = 86_400_000;

async function knownDecision(
  tx: Database,
  connection: string,
  { decision, by, why, at }: StockDecisionTaken,
): Promise<number | null> {
  const { kind, ...said } = decision;
  const about = Object.fromEntries(Object.entries(said).filter(([field]) => (ABOUT[kind] as string[]).includes(field)));
  const { rows } = await sql<{ id: bigint; at: Instant; same: boolean }>`
    select id, at, decision = ${factToJson(said)}::jsonb and decided_by = ${by} and why = ${why} as same from stock_decisions
    where connection = ${connection} and kind = ${kind} and decision @> ${factToJson(about)}::jsonb order by id desc limit 1`.execute(
    tx,
  );
  const [last] = rows;
  if (last?.same !== true || Date.parse(at) - Date.parse(last.at) > DAY_MS) return null;
  return lastAuditOf(tx, connection, actionOf(kind), { decision: String(last.id) });
}

/** `mapMovement` is `map-movement` in the record. */
const actionOf = (kind: TakenDecision['kind']): string =>
  kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
