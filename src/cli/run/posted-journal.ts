import type { JournalState } from '../../operations/documents/watch-journals.ts';

/** Whether NetSuite has a journal that a decision had planned. @param look what posts it later: `the next look at tax` */
export function postedOrNot({ document, state }: JournalState, look: string): string {
  if (state === 'posted') return `✓ ${document} is posted`;
  return state === 'planned'
    ? `… ${document} is not posted yet: ${look} does it (npx tieout exceptions says what stops it)`
    : `… ${document} is ${state}. Next: npx tieout exceptions`;
}
