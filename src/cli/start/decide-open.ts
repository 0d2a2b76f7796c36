/** The decisions of a run, each sent as the update that an operator would send, and what they release seen through. */
import type { FileDecision } from '../run/decision-file.ts';
import { decisionWords, readOpenSubjects } from '../run/decision-subjects.ts';
import { sendDecision } from '../run/send-decision.ts';
import { waitUntilIdle } from './idle.ts';
import { lookOnce, type LookContext } from './look-once.ts';
import type { Progress } from './progress.ts';
import { openDecisions, suggestedDecisions } from './take-decisions.ts';

export interface DecisionSource {
  decisions: readonly FileDecision[];
  /** Take what is offered instead. */
  acceptSuggestions: boolean;
  simulated: boolean;
}

/** What a decision releases may ask for another one. */
const MOST_ROUNDS = 5;

/** Takes the decisions that the connection of `context` waits for; ends when none is left that is known. */
export async function decideOpen(context: LookContext, source: DecisionSource, progress: Progress): Promise<void> {
  const {
    store: { db },
    connection,
    client,
    stopped,
  } = context;
  const by = source.acceptSuggestions ? 'accept-suggestions' : 'decisions-file';
  for (let round = 0; round < MOST_ROUNDS && !stopped(); round += 1) {
    const open = await readOpenSubjects(db, connection);
    const choices = openDecisions(
      source.acceptSuggestions ? suggestedDecisions(open.exceptions) : source.decisions,
      open,
      by,
    );
    for (const decision of choices) {
      const { released, choice } = await sendDecision(client, connection, source.simulated, decision);
      progress.event({
        area: 'decided',
        alarm: false,
        words: `✓ ${decisionWords(decision)} (released ${released})${source.acceptSuggestions ? ', as suggested' : ''}`,
        plain: `decision connection=${connection} update=${decision.update} about=${JSON.stringify(decisionWords(decision))} choice=${choice} released=${released}`,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    await waitUntilIdle(db, connection, 600_000, stopped);
    await lookOnce(context, `end-${round}`);
    if (choices.length === 0 && round > 0) return;
  }
}
