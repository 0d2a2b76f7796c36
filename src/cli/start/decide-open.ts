/** The decisions of a run, each sent as the update that an operator would send, and what they release seen through. */
import { openExceptions } from '../../store/exceptions.ts';
import { sendDecision } from '../run/send-decision.ts';
import { waitUntilIdle } from './idle.ts';
import { lookOnce, type LookContext } from './look-once.ts';
import type { Progress } from './progress.ts';
import { openDecisions, suggestedDecisions, updateOf, type FileDecision } from './take-decisions.ts';

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
  const { store: { db }, connection, client, stopped } = context;
  const by = source.acceptSuggestions ? 'accept-suggestions' : 'decisions-file';
  for (let round = 0; round < MOST_ROUNDS && !stopped(); round += 1) {
    const open = await openExceptions(db, connection);
    const choices = openDecisions(source.acceptSuggestions ? suggestedDecisions(open) : source.decisions, open);
    for (const decision of choices) {
      const { released } = await sendDecision(client, connection, source.simulated, updateOf(decision, by));
      const name = decision.kind === 'sku' ? `SKU ${decision.key}` : decision.key.join(' / ');
      progress.event({
        area: 'decided', alarm: false, words: `✓ ${name} → ${decision.choice} (released ${released})${source.acceptSuggestions ? ', as suggested' : ''}`,
        plain: `decision connection=${connection} kind=${decision.kind} key=${JSON.stringify(decision.key)} choice=${decision.choice} released=${released}`,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    await waitUntilIdle(db, connection, 600_000, stopped);
    await lookOnce(context, `end-${round}`);
    if (choices.length === 0 && round > 0) return;
  }
}
