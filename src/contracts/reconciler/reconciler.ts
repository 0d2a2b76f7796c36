import { reconcilerId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** Workflows that were missing and were started; those that were out of step and were told again. */
export interface TakenUp {
  started: number;
  told: number;
}

export interface ReconcilerActivities {
  takeUpOrders(input: Telling): Promise<TakenUp>;
  takeUpPayouts(input: Telling): Promise<TakenUp>;
}

/** One look at store and Temporal together. Results in a sentence. */
export type Reconciler = (input: Telling) => Promise<string>;
export const RECONCILER = workflowContract<Reconciler>('reconciler', reconcilerId);
