import { ActivityFailure, CancelledFailure } from '@temporalio/workflow';

/** What a source answered, or null where it failed: that is left to the next look, and holds up no other. */
export async function byItself<T>(source: Promise<T>): Promise<T | null> {
  try {
    return await source;
  } catch (error) {
    if (!(error instanceof ActivityFailure) || error.cause instanceof CancelledFailure) throw error;
    return null;
  }
}

/** `12 orders`, or what is left to the next look. */
export const renderRead = (count: number | undefined, what: string): string =>
  count === undefined ? `no ${what} (the next look tries again)` : `${count} ${what}`;
