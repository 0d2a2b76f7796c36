import { housekeepingId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** Rows that were deleted, by what they were. */
export interface PurgeResult {
  orders: number;
  settlements: number;
  files: number;
  events: number;
  bankLines: number;
}

export interface HousekeepingActivities {
  purgePastRetention(input: OfConnection): Promise<PurgeResult>;
}

/** Once a day: deletes what the connection's retention has passed for. Results in a sentence. */
export type Housekeeping = (input: Telling) => Promise<string>;
export const HOUSEKEEPING = workflowContract<Housekeeping>('housekeeping', housekeepingId);
