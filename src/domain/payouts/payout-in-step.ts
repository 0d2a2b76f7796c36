import type { RunningWorkflow } from '../orders/order-in-step.ts';

/** Where the store has an unfinished payout: at work, waiting for a person, or for what comes by itself. */
export type PayoutInStore = 'works' | 'waits for a person' | 'waits for news';

/** The same for a payout; one that is out of step begins again, and finds in NetSuite what it has posted. */
export function payoutInStep(payout: PayoutInStore, workflow: RunningWorkflow | null): 'in step' | 'begin again' {
  if (workflow === null) return 'begin again';
  if (!workflow.idle) return 'in step';
  return (payout === 'waits for a person') === workflow.waits && payout !== 'works' ? 'in step' : 'begin again';
}
