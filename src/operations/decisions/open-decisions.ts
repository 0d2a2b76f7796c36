/** The decisions of a run that something waits for: those of a file, or the offered ones. */
import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { suggestRole } from '../../domain/mapping/suggest-role.ts';
import { renderMoveWish } from '../../domain/tax/render-tax-decision.ts';
import type { StoredException } from '../../store/exceptions/exceptions.ts';
import { updateOf, type FileDecision } from './decision-file.ts';
import { isOpen, type OpenSubjects } from './open-subjects.ts';
import type { Decision } from './decision.ts';

/** The offered choices of open exceptions: only those that have one. */
export function suggestedDecisions(exceptions: readonly StoredException[]): FileDecision[] {
  return exceptions.flatMap((exception): FileDecision[] => {
    const key = exception.code === 'unknown-amount' ? amountKeyOf(exception) : null;
    if (key === null) return [];
    const suggestion = suggestRole({ transactionType: key[0], amountType: key[1], amountDescription: key[2] });
    return suggestion ? [{ kind: 'amount', key, choice: suggestion.role, why: `suggested: ${suggestion.reason}` }] : [];
  });
}

/** The updates that are sent now: those whose subject is open. Of moves of tax that are alike each one that was decided answers one. */
export function openDecisions(decisions: readonly FileDecision[], open: OpenSubjects, by: string): Decision[] {
  const moves = new Map(open.moves);
  return decisions
    .map((decision) => updateOf(decision, by))
    .filter((decision) => {
      if (isOpen(decision, { ...open, moves })) return true;
      if (decision.update === 'moveTax') {
        const wish = renderMoveWish(decision.args);
        moves.set(wish, (moves.get(wish) ?? 0) - 1);
      }
      return false;
    });
}
