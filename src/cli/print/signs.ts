import { PAYOUT_STEPS, type PayoutStep, type StepState } from '../../domain/payouts/payout-steps.ts';

const SIGNS: Readonly<Record<StepState, string>> = { done: '✓', open: '…', differs: '≠', none: '–' };

/** The tie line of a payout: `rows ✓ total ✓ journal … deposit … bank …`. */
export function renderSteps(steps: Readonly<Record<PayoutStep, StepState>>): string {
  return PAYOUT_STEPS.map((step) => `${step} ${SIGNS[steps[step]]}`).join(' ');
}
