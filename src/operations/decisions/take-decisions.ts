import { setTimeout as sleep } from 'node:timers/promises';
import { isDecided } from '../../domain/exceptions/open-decision.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { isOpen, readOpenSubjects } from './open-subjects.ts';
import type { Decision } from './decision.ts';
import { sendDecision } from './send-decision.ts';

export interface SentDecision {
  decision: Decision;
  /** Null where it was refused, with why. */
  result: DecisionResult | null;
  refused: string | null;
}
/** `waiting` answer nothing that is open yet; `open` is what no decision has ended. */
export interface TakenDecisions {
  sent: SentDecision[];
  waiting: Decision[];
  open: StoredException[];
}

/**
 * Sends each decision once what it names is open, and sees it carried out. What one releases may ask for another, so it
 * looks again for `seconds`; one that is refused holds up no other.
 * @throws TieoutError `not-running`
 */
export async function takeDecisions(
  atWork: ConnectionAtWork,
  decisions: readonly Decision[],
  seconds: number,
): Promise<TakenDecisions> {
  const {
    store: { db },
    connection,
  } = atWork;
  const until = performance.now() + seconds * 1000;
  const sent: SentDecision[] = [];
  let waiting = [...decisions];
  for (;;) {
    const subjects = await readOpenSubjects(db, connection);
    for (const decision of waiting.filter((one) => isOpen(one, subjects))) {
      sent.push(await answered(atWork, decision));
      waiting = waiting.filter((one) => one !== decision);
    }
    const open = await openExceptions(db, connection);
    const done = waiting.length === 0 && !open.some(isDecided);
    if (done || sent.length === 0 || performance.now() > until) return { sent, waiting, open };
    await sleep(500);
  }
}

/** Sends each decision at once, whether anything waits for it or not. @throws TieoutError `not-running` */
export async function sendEach(atWork: ConnectionAtWork, decisions: readonly Decision[]): Promise<SentDecision[]> {
  const sent: SentDecision[] = [];
  for (const decision of decisions) sent.push(await answered(atWork, decision));
  return sent;
}

async function answered(atWork: ConnectionAtWork, decision: Decision): Promise<SentDecision> {
  try {
    return { decision, result: await sendDecision(atWork, decision), refused: null };
  } catch (error) {
    if (!(error instanceof TieoutError) || error.code === 'not-running') throw error;
    return { decision, result: null, refused: error.notice.what };
  }
}
