import { CallFailure, type CallFailureFacts } from '../http/call-failure.ts';

/** A call of Amazon's that did not succeed. `retryAfterMs` says, for `throttled`, when the quota refills. */
export class AmazonFailure extends CallFailure {
  constructor(facts: CallFailureFacts, cause?: unknown) {
    super('Amazon', facts, cause);
  }
}
