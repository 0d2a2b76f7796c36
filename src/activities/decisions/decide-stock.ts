import { timeZoneOf } from '../../config/time-zone.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import { takenOf, type SentStockDecision } from '../../contracts/decisions/stock-decisions.ts';
import { renderStockDecision } from '../../domain/decisions/render-stock-decision.ts';
import { isAnsweredBy } from '../../domain/exceptions/open-decision.ts';
import { dayIn } from '../../domain/money/instant.ts';
import type { TakenDecision } from '../../domain/stock/stock-decisions.ts';
import { markDecided, openExceptions } from '../../store/exceptions/exceptions.ts';
import { storeStockDecision } from '../../store/stock/stock-decisions.ts';
import { STOCK } from '../../contracts/stock/stock.ts';
import type { Connection } from '../connection.ts';
import { wakeSchedule } from '../wake-schedule.ts';
import { withMovementById } from './decided-movement.ts';
import { notInOpening } from './not-in-opening.ts';
import { refuseDecision } from './refuse-decision.ts';
import { standingDecision } from './standing-decision.ts';

/**
 * Stores a decision about stock and has stock looked at: planning carries it out. What asked for it waits for that, and asks
 * nobody any more; where it still is what it was, planning raises it anew. Idempotent: the same once more finds what was
 * decided, by whom and when, and changes nothing.
 * @throws ApplicationFailure `STOCK_UNKNOWN`, `STOCK_NOT_OPEN`, `ACCOUNT_MISSING`, `DECISION_SHAPE`; nothing is stored then
 */
export async function decideStock(
  connection: Connection,
  { decision: sent }: { connection: string; decision: SentStockDecision },
): Promise<DecisionResult> {
  const { db, name, settings } = connection;
  const { by, why } = sent;
  if (settings.stock === undefined)
    throw refuseDecision('STOCK_UNKNOWN', `The connection ${name} has no stock in its configuration.`);
  const said = takenOf(sent);
  const decision = await withMovementById(db, connection, said);
  const at = await connection.now();
  const day = dayIn(at, timeZoneOf(settings, null));
  const taken = { decision, by, why, at, day };
  const { audit, before } = await storeStockDecision(db, name, taken, (tx, earlier) =>
    standingDecision(tx, connection, taken, earlier),
  );
  const detail = renderStockDecision(said);
  const isPlanned = settings.posting === 'plan';
  const until = `${detail} by ${before?.by ?? by}; the next look ${isPlanned ? 'plans it' : 'carries it out'}`;
  for (const { code, key, remedy } of await openExceptions(db, name))
    if (isAnsweredBy(remedy, decision)) await markDecided(db, name, code, key, until);
  await wakeSchedule(connection, STOCK);
  const already = before === null ? {} : { already: { by: before.by, at: before.at } };
  const note = decision.kind === 'approveOpening' ? await notInOpening(connection, decision.pool) : null;
  return {
    audit,
    released: 0,
    choice: choiceOf(decision),
    detail,
    ...already,
    ...(note === null ? {} : { note }),
    ...(isPlanned ? { isPlanned } : {}),
  };
}

function choiceOf(decision: TakenDecision): string {
  if ('choice' in decision) return decision.choice;
  if ('answer' in decision) return decision.answer;
  if ('role' in decision) return decision.role;
  return decision.kind === 'closeGap' ? 'closed' : 'approved';
}
