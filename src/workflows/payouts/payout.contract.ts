import { defineSignal } from '@temporalio/workflow';
import type { ActivityPolicy } from '../activity-policy.ts';

export interface PayoutInput {
  connection: string;
  settlementId: string;
  policy: ActivityPolicy;
}

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
/** Sent by a person after mending what stopped the payout. */
export const tryAgain = defineSignal('tryAgain');
