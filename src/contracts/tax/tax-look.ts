import { taxId } from '../../domain/identifiers/workflow-id.ts';
import type { OfConnection, Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** How many journals of tax NetSuite took, and how many wait for a person. */
export interface TaxPosted {
  posted: number;
  stopped: number;
}

export interface TaxLookActivities {
  /** Posts what people have decided about tax. */
  postTaxJournals(input: OfConnection): Promise<TaxPosted>;
}

/** One look at tax: what was decided is posted. Results in a sentence. */
export type TaxLook = (input: Telling) => Promise<string>;
export const TAX_LOOK = workflowContract<TaxLook>('tax', taxId);
