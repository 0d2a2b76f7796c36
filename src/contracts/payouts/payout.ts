import { defineSignal } from '@temporalio/workflow';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import type { Telling } from '../activity-inputs.ts';
import { workflowContract } from '../workflow.ts';

export interface PayoutInput extends Telling {
  settlementId: string;
}

/** A payout from its report until it is tied. Results in how it ended. */
export type Payout = (input: PayoutInput) => Promise<string>;
export const PAYOUT = workflowContract<Payout, [settlementId: string]>('payout', payoutWorkflowId);

/** Its report was stored: the first one, or one that Amazon issued again. */
export const reportFound = defineSignal('reportFound');
/** Sent by the decisions workflow, or by a person from Temporal's UI; the next activity reads the store. */
export const amountMapped = defineSignal<[{ key: [string, string, string]; role: string }]>('amountMapped');
/** Order documents that this payout settles have been posted. */
export const documentsPosted = defineSignal('documentsPosted');
/** New bank lines or a new transfer status: look again. */
export const bankLineSeen = defineSignal('bankLineSeen');
/** A person has decided about a document that was settled for more or less than it is. */
export const differenceSettled = defineSignal('differenceSettled');
