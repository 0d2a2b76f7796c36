import { bareCause } from './bare-cause.ts';
import { NoAnswer } from './http-exchange.ts';

/**
 * What can go wrong with a call, for every vendor alike. `unavailable` and `throttled` pass by themselves and may be
 * tried again; the others stay until somebody acts.
 */
export type CallFailureCode =
  /** Credentials refused, or the role may not. */
  | 'auth'
  /** Too many calls: not executed. */
  | 'throttled'
  /** No answer, an answer of 5xx, or one that cannot be read. */
  | 'unavailable'
  /** Understood and refused. */
  | 'rejected'
  /** The vendor's record or document is not there (any more). */
  | 'not-found'
  /** We sent what cannot be right, or the answer lacks what the vendor promises. */
  | 'bug';

export interface CallFailureFacts {
  code: CallFailureCode;
  /** Operation or path, without secrets or personal data: `orders.searchOrders`, `POST /journalEntry`. */
  where: string;
  what: string;
  status?: number;
  /** The vendor's own id of the request, for a support case. */
  requestId?: string;
  retryAfterMs?: number;
}

export class CallFailure extends Error {
  readonly code: CallFailureCode;
  readonly where: string;
  readonly what: string;
  readonly status: number | null;
  readonly requestId: string | null;
  /** How long to wait before the next try, where the vendor or its documents say so. */
  readonly retryAfterMs: number | null;

  constructor(vendor: string, facts: CallFailureFacts, cause?: unknown) {
    // Of an error of ours the causes are bare already.
    const kept = cause instanceof NoAnswer || cause instanceof CallFailure ? cause : bareCause(cause);
    super(`${vendor} ${facts.where}: ${facts.what}`, kept === undefined ? undefined : { cause: kept });
    this.name = new.target.name;
    this.code = facts.code;
    this.where = facts.where;
    this.what = facts.what;
    this.status = facts.status ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }

  get retryable(): boolean {
    return this.code === 'throttled' || this.code === 'unavailable';
  }
}
