import {
  planReadAgain,
  type ReadAgainPlan,
  type ReadAgainWhat,
  type ReadingHabit,
} from '../../domain/decisions/plan-read-again.ts';
import { renderReadAgain } from '../../domain/decisions/render-read-again.ts';
import { LONGEST_MS as LONGEST_FINANCE_MS } from '../../clients/amazon/finance-windows.ts';
import type { Database } from '../../store/database.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { lastReadAgain } from '../../store/decisions/decisions.ts';
import { countKnown } from '../../store/intake/known-facts.ts';
import { forgetMark, lockMark, writeMark } from '../../store/intake/marks.ts';
import type { DecisionResult, ReadAgain } from '../../contracts/decisions/decisions.ts';
import type { Connection } from '../connection.ts';
import { LONGEST_MS as LONGEST_REPORT_MS } from '../intake/ask-shipments.ts';
import { placeName } from '../intake/read-pages.ts';
import { OVERLAP_MS as ORDERS_OVERLAP_MS } from '../intake/take-in-orders.ts';
import { OVERLAP_MS as REFUNDS_OVERLAP_MS } from '../intake/take-in-refunds.ts';
import { LONGEST_MS as KEPT_MS, OVERLAP_MS as SETTLEMENTS_OVERLAP_MS } from '../intake/take-in-settlements.ts';
import { OVERLAP_MS as SHIPMENTS_OVERLAP_MS } from '../intake/take-in-shipments.ts';
import { refuseDecision } from './refuse-decision.ts';

const HABITS: Record<ReadAgainWhat, ReadingHabit> = {
  orders: { overlapMs: ORDERS_OVERLAP_MS, pieceMs: null, keptMs: null },
  shipments: { overlapMs: SHIPMENTS_OVERLAP_MS, pieceMs: LONGEST_REPORT_MS, keptMs: null },
  refunds: { overlapMs: REFUNDS_OVERLAP_MS, pieceMs: LONGEST_FINANCE_MS, keptMs: null },
  settlements: { overlapMs: SETTLEMENTS_OVERLAP_MS, pieceMs: null, keptMs: KEPT_MS },
};

/**
 * Sets the mark of a source back to an instant that a person names, and drops a half-read listing: the next look reads from
 * there. What is read a second time is known by its key, so nothing is told or booked twice. Idempotent: an attempt that finds
 * the mark where it would set it answers what was decided; a look that is under way does not move a mark that was set meanwhile.
 * @throws ApplicationFailure `DECISION_SHAPE` for an instant that lies ahead of the mark
 */
export async function decideReadAgain(
  connection: Connection,
  input: { connection: string; decision: ReadAgain; act?: string },
): Promise<DecisionResult> {
  const { decision } = input;
  const { cutOver } = connection.settings;
  const at = await connection.now();
  const { plan, audit } = await connection.db
    .transaction()
    .execute((tx) => setBack(tx, connection.name, decision, { cutOver, at, act: input.act ?? null }));
  const known = await countKnown(connection.db, connection.name, plan.what, plan);
  return {
    audit,
    released: 0,
    choice: plan.from,
    detail: renderReadAgain(plan, known),
    readAgain: { from: plan.from, to: plan.to, pieces: plan.pieces, known, listedSince: plan.listedSince },
  };
}

async function setBack(
  tx: Database,
  connection: string,
  { what, from, by, why }: ReadAgain,
  { cutOver, at, act }: { cutOver: string; at: string; act: string | null },
): Promise<{ plan: ReadAgainPlan; audit: number }> {
  const mark = await lockMark(tx, connection, what);
  const planFrom = (at: string | null) => planReadAgain({ what, from, mark: at, cutOver, habit: HABITS[what] });
  // An attempt that was taken for dead may come long after: what was set back then has been read since.
  const own = act === null ? null : await lastReadAgain(tx, connection, { act });
  if (own !== null) return { audit: own.audit, plan: planOf(planFrom(own.to)) };
  const plan = planFrom(mark);
  if ('refused' in plan) throw refuseDecision('DECISION_SHAPE', plan.refused);
  const before = plan.from === mark ? await lastReadAgain(tx, connection, { what, from: plan.from }) : null;
  // Another person with the same wish: nothing has been read since.
  if (before !== null) return { audit: before.audit, plan: planOf(planFrom(before.to)) };
  const audit = await recordAudit(tx, connection, {
    action: 'read-again',
    detail: { what, asked: from, from: plan.from, to: plan.to, ...(act === null ? {} : { act }) },
    by,
    why,
    at,
  });
  await writeMark(tx, connection, what, plan.from);
  await forgetMark(tx, connection, placeName(what));
  return { plan, audit };
}

function planOf(plan: ReadAgainPlan | { refused: string }): ReadAgainPlan {
  if ('refused' in plan) throw new Error(`bug: what was set back before cannot be refused: ${plan.refused}`);
  return plan;
}
