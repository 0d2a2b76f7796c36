import { defineSignal } from '@temporalio/workflow';
import type { ActivityPolicy } from '../activity-policy.ts';

export interface PayoutInput {
  connection: string;
  settlementId: string;
  policy: ActivityPolicy;
}

/** Sent by the decisions workflow, or by a person from Temporal's UI; the next activity reads the store. */
export const amountMapped = defineSignal<[{ key: [string, string, string]; role: string }]>('amountMapped');
/** Order documents that this payout settles have been posted. */
export const documentsPosted = defineSignal('documentsPosted');
/** New bank lines or a new transfer status: look again. */
export const bankLineSeen = defineSignal('bankLineSeen');
/** Sent by a person after mending what stopped the payout. */
export const tryAgain = defineSignal('tryAgain');
