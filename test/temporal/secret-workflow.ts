import { ApplicationFailure } from '@temporalio/workflow';

/** Fails with a sentence that nobody else should read. */
export async function secretWorkflow(amount: string): Promise<never> {
  throw ApplicationFailure.nonRetryable(`the amount was ${amount}`, 'SECRET', amount);
}
