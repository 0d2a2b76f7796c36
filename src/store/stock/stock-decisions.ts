/** What people decided about stock, in the order in which they did; nothing is ever replaced. */
import { sql } from 'kysely';
import type { DecidedBefore } from '../../domain/decisions/decided-before.ts';
import type { Day, Instant } from '../../domain/money/instant.ts';
import type { StockDecision, TakenDecision } from '../../domain/stock/stock-decisions.ts';
import type { Database } from '../database.ts';
import { lastAuditOf, recordAudit } from '../audit/audit-log.ts';
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

/** Decisions of a kind with who took them, why, and when, in the order in which they did. */
async function loadDecided(tx: Database, connection: string, kind: StockDecision['kind']): Promise<DecidedBefore[]> {
  const rows = await tx
    .selectFrom('stock_decisions')
    .select(['id', 'decision', 'day', 'decided_by', 'why', 'at'])
    .where('connection', '=', connection)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
  return rows.map(({ id, decision, day, decided_by: by, why, at }) => ({
    decision: { ...factFromJson<StockDecision>(decision), id: String(id), kind, day } as StockDecision,
    by,
    why,
    at,
  }));
}

/** The earlier decision of its kind that says it already, or what is to be stored. */
export type Standing = { before: DecidedBefore } | { before: null; decision: TakenDecision };

/**
 * Stores a decision and its record together, alone among those of the connection. An attempt that runs again, over midnight
 * too, finds what it wrote, and so does a person who repeats himself.
 * @param standing what of it is new; refuses, by throwing, what cannot hold
 * @returns its number in the record, and the earlier one where nothing was stored
 */
export function storeStockDecision(
  db: Database,
  connection: string,
  taken: StockDecisionTaken,
  standing: (tx: Database, earlier: readonly DecidedBefore[]) => Promise<Standing> = async () => ({
    before: null,
    decision: taken.decision,
  }),
): Promise<{ audit: number; before: DecidedBefore | null }> {
  const { by, why, at, day } = taken;
  const { kind } = taken.decision;
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`stock decisions ${connection}`}, 0))`.execute(tx);
    const stands = await standing(tx, await loadDecided(tx, connection, kind));
    const { before } = stands;
    const known =
      before === null ? null : await lastAuditOf(tx, connection, actionOf(kind), { decision: before.decision.id });
    if (known !== null) return { audit: known, before };
    const { kind: _kind, ...said } = stands.before === null ? stands.decision : taken.decision;
    const { id } = await tx
      .insertInto('stock_decisions')
      .values({ connection, kind, decision: factToJson(said), day, decided_by: by, why, at })
      .returning('id')
      .executeTakeFirstOrThrow();
    const detail = { ...said, day, decision: String(id) };
    const audit = await recordAudit(tx, connection, { action: actionOf(kind), detail, by, why, at });
    return { audit, before: null };
  });
}

/** `mapMovement` is `map-movement` in the record. */
const actionOf = (kind: TakenDecision['kind']): string =>
  kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
