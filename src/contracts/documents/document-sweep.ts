import { documentSweepId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

/** Where a page of documents begins, in the order of external ids; `only` is one that a person has mended. */
export interface SweepInput extends Telling {
  after: string;
  only?: string;
}

export interface SweptPage {
  /** Where the next page begins; null after the last. */
  after: string | null;
  read: number;
  /** Documents that NetSuite does not hold as they were posted. */
  altered: number;
}

export interface DocumentSweepActivities {
  sweepDocuments(input: SweepInput): Promise<SweptPage>;
}

/** Once a day: NetSuite is asked whether it still holds what was posted. Results in a sentence. */
export type DocumentSweep = (input: Telling) => Promise<string>;
export const DOCUMENT_SWEEP = workflowContract<DocumentSweep>('documentSweep', documentSweepId);
