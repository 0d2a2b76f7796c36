/** The five stations of a payout, by the facts: what its state says is for whoever asks what it waits for. */
import { isJournalPurpose, type Purpose } from '../documents/document-kinds.ts';
import type { PayoutState } from './payout-states.ts';

export const PAYOUT_STEPS = ['rows', 'total', 'journal', 'deposit', 'bank'] as const;
export type PayoutStep = (typeof PAYOUT_STEPS)[number];
/** `none`: a settlement that moves no money has no deposit and no bank line. */
export type StepState = 'done' | 'open' | 'differs' | 'none';

export interface PayoutStations {
  settlement: { state: PayoutState; total: bigint };
  /** Staged rows, and their sum. */
  rows: number;
  sum: bigint;
  documents: readonly { key: { purpose: Purpose }; state: string }[];
  movements: readonly { state: string; date: string | null }[];
}

export function stepsOf({
  settlement,
  rows,
  sum,
  documents,
  movements,
}: PayoutStations): Record<PayoutStep, StepState> {
  const journal = documents.filter(({ key }) => isJournalPurpose(key.purpose));
  const moved = (seen: (movement: PayoutStations['movements'][number]) => boolean): StepState => {
    if (movements.length === 0) return settlement.total > 0n || settlement.state !== 'tied' ? 'open' : 'none';
    return movements.every((movement) => movement.state === 'returned' || seen(movement)) ? 'done' : 'open';
  };
  return {
    rows: rows > 0 ? 'done' : 'open',
    total:
      settlement.state === 'refused' ? 'differs' : rows === 0 ? 'open' : sum === settlement.total ? 'done' : 'differs',
    journal: journal.length > 0 && journal.every(({ state }) => state === 'posted') ? 'done' : 'open',
    deposit: moved(({ state }) => state === 'posted'),
    // Without statements its date is Amazon's.
    bank: moved(({ date }) => date !== null),
  };
}
