import { payoutIntakeId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** One look at Amazon for settlement reports and transfers. Results in a sentence. */
export type PayoutIntake = (input: Telling) => Promise<string>;
export const PAYOUT_INTAKE = workflowContract<PayoutIntake>('payoutIntake', payoutIntakeId);
