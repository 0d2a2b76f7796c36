/** What an activity threw, told apart by what a person would do about it. */
import { CancelledFailure } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { milliseconds } from '../config/duration.ts';
import { CallFailure } from '../clients/http/call-failure.ts';
import { NetSuiteFailure } from '../clients/netsuite/netsuite-failure.ts';
import type { ExceptionCode } from '../domain/exceptions/catalogue.ts';
import type { FailureKind } from '../domain/exceptions/step-failing.ts';
import { isOfDatabase } from '../store/database-failure.ts';

export type Outage = Extract<ExceptionCode, 'netsuite-down' | 'netsuite-auth' | 'amazon-down' | 'amazon-auth'>;
export const SETTING_UNKNOWN = 'SETTING_UNKNOWN';

/** A vendor that does not answer, or refuses the sign-in; null for every other failure. */
export function outageOf(error: unknown): Outage | null {
  if (error instanceof CallFailure && (error.code === 'auth' || error.code === 'unavailable')) {
    const vendor = error instanceof NetSuiteFailure ? 'netsuite' : 'amazon';
    return error.code === 'auth' ? `${vendor}-auth` : `${vendor}-down`;
  }
  if (error instanceof ApplicationFailure && error.type === 'NETSUITE_AUTH') return 'netsuite-auth';
  if (error instanceof ApplicationFailure && (error.type === 'NETSUITE_THROTTLED' || error.type === 'NETSUITE_UNKNOWN'))
    return 'netsuite-down';
  return null;
}

/** It has an exception of its own: a vendor's outage, or something that the settings name. */
export function isRaisedElsewhere(error: unknown): boolean {
  return outageOf(error) !== null || (error instanceof ApplicationFailure && error.type === SETTING_UNKNOWN);
}

/** Nothing has failed: the worker stops, or the answer is no, and the workflow hears it. */
export function isNoFailure(error: unknown): boolean {
  return error instanceof CancelledFailure || (error instanceof ApplicationFailure && error.nonRetryable === true);
}

export interface ClassifiedFailure {
  kind: FailureKind;
  type: string;
  text: string;
  /** Part of how things go; it is one too many only beyond the wait that it announces. */
  expected: boolean;
  /** Milliseconds until the next try, where the failure says so. */
  announcedMs: number;
}

export function classifyFailure(error: unknown): ClassifiedFailure {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof CallFailure) {
    const kinds = {
      throttled: 'throttled',
      rejected: 'rejected',
      'not-found': 'missing',
      bug: 'unreadable',
      auth: 'other',
      unavailable: 'other',
    } as const;
    return {
      kind: kinds[error.code],
      type: error.name,
      text,
      expected: error.code === 'throttled',
      announcedMs: error.retryAfterMs ?? 0,
    };
  }
  if (error instanceof ApplicationFailure) {
    const expected = error.category === ApplicationFailureCategory.BENIGN;
    return {
      kind: kindOfType(error.type ?? '', expected),
      type: error.type ?? error.name,
      text,
      expected,
      announcedMs: millisecondsOf(error.nextRetryDelay),
    };
  }
  const name = error instanceof Error ? error.name : 'failure';
  const kind = text.startsWith('bug:')
    ? 'bug'
    : isOfDatabase(error)
      ? 'database'
      : name === 'ZodError' || error instanceof SyntaxError
        ? 'unreadable'
        : 'other';
  return { kind, type: kind === 'bug' ? 'bug' : name, text, expected: false, announcedMs: 0 };
}

function kindOfType(type: string, expected: boolean): FailureKind {
  return type === 'REPORT_FATAL' ? 'report' : type.endsWith('_MISSING') ? 'missing' : expected ? 'waits' : 'other';
}

function millisecondsOf(delay: ApplicationFailure['nextRetryDelay']): number {
  return typeof delay === 'number' ? delay : typeof delay === 'string' ? milliseconds(delay) : 0;
}
