import { defineSignal } from '@temporalio/workflow';

/** Sent by a person to an order or a payout after mending what stopped it. */
export const tryAgain = defineSignal('tryAgain');
