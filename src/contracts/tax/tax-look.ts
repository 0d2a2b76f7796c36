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

/** Amazon's VAT report: `none` where Amazon made none, `refused` where it is not to be had, or is another's. */
export type VatReportTaken =
  | { result: 'skipped' }
  | { result: 'none' | 'refused'; month: string }
  | { result: 'read'; month: string; rows: number };

export interface TaxReportsActivities {
  /** Asks Amazon for its VAT report of a month that has none yet. */
  takeInVatReport(input: OfConnection): Promise<VatReportTaken>;
}

/** One look at tax: what was decided is posted, and Amazon's VAT report is asked for. Results in a sentence. */
export type TaxLook = (input: Telling) => Promise<string>;
export const TAX_LOOK = workflowContract<TaxLook>('tax', taxId);
