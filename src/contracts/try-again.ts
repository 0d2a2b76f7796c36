import { defineSignal } from '@temporalio/workflow';

/** Who sent it, and the number of the record of it; one that is sent by hand has no number. */
export interface SentByPerson {
  by?: string;
  why?: string;
  audit?: number;
}

/** A person has mended what stopped an order or a payout: sent by the update of that name, or by hand. */
export const tryAgain = defineSignal<[sent?: SentByPerson]>('tryAgain');
/** The product found that something has changed on which an order or a payout stands. */
export const lookAgain = defineSignal('lookAgain');
