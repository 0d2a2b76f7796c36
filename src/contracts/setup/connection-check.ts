import { connectionCheckId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

export interface ConnectionCheckActivities {
  /** `prices`: what settled sales say of each marketplace's prices. */
  checkConnection(input: OfConnection): Promise<{ problems: string[]; prices?: string[] }>;
}

/** Looks, at each start, whether NetSuite has what the connection's settings name. Results in what is missing, a sentence each. */
export type ConnectionCheck = (input: Telling) => Promise<string[]>;
export const CONNECTION_CHECK = workflowContract<ConnectionCheck>('connectionCheck', connectionCheckId);
