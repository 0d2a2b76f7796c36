/** The decisions of a run, each sent as the update that an operator would send, and what they release seen through. */
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import { lookOnce, type LookContext } from '../intake/look-once.ts';
import { waitUntilIdle } from '../intake/wait-until-idle.ts';
import type { FileDecision } from './decision-file.ts';
import { openDecisions, suggestedDecisions } from './open-decisions.ts';
import { readOpenSubjects } from './open-subjects.ts';
import type { Decision } from './decision.ts';
import { sendDecision } from './send-decision.ts';

/** Those of a file, or what is offered. */
export type DecisionSource = readonly FileDecision[] | 'suggestions';

/** What a decision releases may ask for another one. */
const MOST_ROUNDS = 5;

/**
 * Takes the decisions that the connection of `context` waits for, and sees what they release through; ends when none is left
 * that is known.
 * @param now of the looks that follow
 * @param told hears of each that was taken
 */
export async function decideOpen(
  context: LookContext,
  source: DecisionSource,
  now: string,
  told: (decision: Decision, result: DecisionResult) => void = () => {},
): Promise<void> {
  const {
    store: { db },
    connection,
    stopped,
  } = context;
  const by = source === 'suggestions' ? 'accept-suggestions' : 'decisions-file';
  for (let round = 0; round < MOST_ROUNDS && !stopped(); round += 1) {
    const open = await readOpenSubjects(db, connection);
    const known = source === 'suggestions' ? suggestedDecisions(open.exceptions) : source;
    const choices = openDecisions(known, open, by);
    if (choices.length === 0) return;
    for (const decision of choices) told(decision, await sendDecision(context, decision));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await waitUntilIdle(db, connection, 600_000, stopped);
    await lookOnce(context, `${now}-${round}`);
  }
}
