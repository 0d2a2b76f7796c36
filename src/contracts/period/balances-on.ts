import { balancesOnId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

interface OnDay {
  /** `2026-10-31` */
  day: string;
}

/** That the day was read and stored, or why nothing is known of it. What was read is long, and stands in the store alone. */
export type BalancesRead = { readAt: string } | { unknown: string };

/** Why NetSuite was not asked: what was read before is all that is known. */
export interface NotAsked {
  notAsked: string;
}

export interface BalancesOnActivities {
  /** Reads the accounts at the end of a day from NetSuite, and stores them beside our documents. Posts nothing. */
  readBalancesOn(input: OfConnection & OnDay): Promise<BalancesRead>;
}

/** Reads what NetSuite and our documents have on each account at the end of a day. */
export type BalancesOnWorkflow = (input: Telling & OnDay) => Promise<BalancesRead>;
export const BALANCES_ON = workflowContract<BalancesOnWorkflow, [day: string]>('balancesOn', balancesOnId);
