import { ApplicationFailure } from '@temporalio/common';
import type { DecisionFailure } from '../../contracts/decisions/decisions.ts';

/** A decision that cannot be taken: whoever sent it hears the sentence, and nothing is stored. */
export function refuseDecision(type: DecisionFailure, sentence: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(sentence, type);
}
