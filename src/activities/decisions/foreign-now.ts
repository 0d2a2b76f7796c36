/** What is open of a movement that somebody else made, as the store has it: what a decision about it covers. Asks no vendor. */
import { isUndecided, stoodOf } from '../../domain/stock/decided-foreign.ts';
import { openMovements, releasedAnswers } from '../../domain/stock/open-movements.ts';
import { redatedMovements } from '../../domain/stock/redated.ts';
import type { StoodLine } from '../../domain/stock/stock-decisions.ts';
import type { Database } from '../../store/database.ts';
import { loadStockRun } from '../../store/stock/standings.ts';
import type { Connection } from '../connection.ts';
import { loadPlanningFacts } from '../stock/planning-facts.ts';

export interface ForeignNow {
  stood: StoodLine[];
  /** Something of it is open that no decision covers, or stands on another day than was decided. */
  isUndecided: boolean;
}

/** Null before both sides were read for the first time. */
export async function foreignNow(
  tx: Database,
  connection: Connection,
  { document }: { document: string },
): Promise<ForeignNow | null> {
  const run = await loadStockRun(tx, connection.name);
  const known = await loadPlanningFacts(connection, tx, run?.through ?? null);
  if (known === null) return null;
  const { facts, loaded, policy, decisions } = known;
  const released = new Set(releasedAnswers(facts, loaded.kept, policy, decisions));
  const kept = { ...loaded.kept, answers: loaded.kept.answers.filter((answer) => !released.has(answer)) };
  const movements = openMovements(facts, kept, policy, kept.opening);
  const open = stoodOf(document, movements, { facts, kept });
  const moved = redatedMovements({ facts, kept, decisions, policy }).flatMap(({ now }) =>
    now.document === document && !open.some(({ line }) => line === now.line) ? [now] : [],
  );
  return {
    stood: [...open, ...moved],
    isUndecided: moved.length > 0 || isUndecided(document, movements, { facts, kept, decisions }),
  };
}
