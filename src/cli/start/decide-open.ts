import { decideOpen as decideOpenOn, type DecisionSource } from '../../operations/decisions/decide-open.ts';
import { decisionWords } from '../../operations/decisions/open-subjects.ts';
import type { LookContext } from '../../operations/intake/look-once.ts';
import type { Progress } from './progress.ts';

/** The decisions of a run, each told when it is taken. */
export async function decideOpen(
  context: LookContext,
  source: DecisionSource,
  now: string,
  progress: Progress,
): Promise<void> {
  await decideOpenOn(context, source, now, (decision, { released, choice }) => {
    const words = decisionWords(decision);
    progress.event({
      area: 'decided',
      alarm: false,
      words: `✓ ${words} (released ${released})${source === 'suggestions' ? ', as suggested' : ''}`,
      plain: `decision connection=${context.connection} update=${decision.update} about=${JSON.stringify(words)} choice=${choice} released=${released}`,
    });
  });
}
