import { stockId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** One look at Amazon's stock. Results in a sentence. */
export type Stock = (input: Telling) => Promise<string>;
export const STOCK = workflowContract<Stock>('stock', stockId);
