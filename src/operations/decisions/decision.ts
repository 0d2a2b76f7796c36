import type { CloseDecisions } from '../../contracts/period/close-decisions.ts';
import type { Decisions } from '../../contracts/decisions/decisions.ts';

/** A decision as it is sent: the name of its update and what that takes. */
export type Decision = { [Update in keyof Decisions]: { update: Update; args: Decisions[Update] } }[keyof Decisions];
/** One about a month. */
export type CloseDecision = {
  [Update in keyof CloseDecisions]: { update: Update; args: CloseDecisions[Update] };
}[keyof CloseDecisions];
