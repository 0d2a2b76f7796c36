/** How far a payout has come, as the store keeps it, and how it moves on. */

/**
 * `found` its report is stored · `staged` its rows are · `works` its journal is posted, and a step is under way ·
 * `waits-amount` for a role · `waits-documents` of orders · `waits-bank` for a line · `held` all is done, and an exception
 * holds it up · `stopped` in a step that a person must mend · `refused` its report · `tied` · `planned` only · `left-alone`
 * its marketplaces are not ours.
 */
export type PayoutState =
  | 'found'
  | 'staged'
  | 'works'
  | 'waits-amount'
  | 'waits-documents'
  | 'waits-bank'
  | 'held'
  | 'stopped'
  | 'refused'
  | 'tied'
  | 'planned'
  | 'left-alone';

/** States in which all steps are done that can be; one that waits for a person in a step is in none of them. */
const AT_REST: readonly PayoutState[] = ['waits-documents', 'waits-bank', 'held', 'tied'];
/** At rest, and something may come that moves it on. */
export const WAITING_FOR_NEWS: readonly PayoutState[] = ['waits-documents', 'waits-bank', 'held'];
/** A step is under way, or about to be. */
export const AT_WORK: readonly PayoutState[] = ['found', 'staged', 'works'];
/** Nothing of it is left to do. */
export const ENDED: readonly PayoutState[] = ['tied', 'left-alone', 'planned'];
const WAITING_FOR_PERSON: readonly PayoutState[] = ['waits-amount', 'refused', 'stopped'];
/** Its next step needs its state as it is, whoever opens it again. */
const BEGINNING: readonly PayoutState[] = ['found', 'planned', 'refused', 'staged', 'waits-amount'];

export const payoutIs = {
  atWork: (state: PayoutState): boolean => AT_WORK.includes(state),
  waitingForNews: (state: PayoutState): boolean => WAITING_FOR_NEWS.includes(state),
  waitingForPerson: (state: PayoutState): boolean => WAITING_FOR_PERSON.includes(state),
  ended: (state: PayoutState): boolean => ENDED.includes(state),
} as const;

/**
 * The states that a step which leads to `to` leaves as they are. One that is tied stays so, and one that is at rest is not
 * set to work by a step: whatever opens it again says so first, and an attempt of a process that hung may come long after
 * all others.
 */
export function keptBy(to: PayoutState): readonly PayoutState[] {
  return AT_REST.includes(to) ? ['tied'] : AT_REST;
}

/** The state of one that a person or a neighbour opens again. */
export function reopened(state: PayoutState): PayoutState {
  return BEGINNING.includes(state) ? state : 'works';
}
