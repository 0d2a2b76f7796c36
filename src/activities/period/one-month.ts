import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { CallFailure } from '../../clients/http/call-failure.ts';
import {
  explainFailingMonth,
  monthFailingKey,
  renderFailingMonth,
  type OfMonthWorkedOut,
} from '../../domain/exceptions/month-failing.ts';
import type { Period } from '../../domain/period/calendar.ts';
import { isOfDatabase } from '../../store/database-failure.ts';
import type { Connection } from '../connection.ts';

/**
 * Works out what is of one month, so that one which cannot be worked out stops no other: a failure that the next try would meet
 * again is raised for a person (`month-failing`), and ends with the first success. What passes by itself (a vendor or a database
 * that does not answer) is thrown on, and so is what has an exception of its own.
 * @param instead what to say of the month then, by a sentence
 */
export async function ofOneMonth<T>(
  connection: Connection,
  { of, period }: { of: OfMonthWorkedOut; period: Period },
  work: () => Promise<T>,
  instead: (sentence: string) => T,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (passes(error)) throw error;
    const text = error instanceof Error ? error.message : String(error);
    await connection.raise(explainFailingMonth(of, period, text));
    return instead(renderFailingMonth(of, period, text));
  }
  await connection.resolve('month-failing', monthFailingKey(of, period), 'it is worked out');
  return result;
}

function passes(error: unknown): boolean {
  if (error instanceof CallFailure) return ['throttled', 'unavailable', 'auth'].includes(error.code);
  return error instanceof ApplicationFailure || error instanceof CancelledFailure || isOfDatabase(error);
}
