import { CallFailure, type CallFailureFacts } from '../http/call-failure.ts';

/** A read, or the fetching of a token, that did not succeed. A write answers with a `WriteOutcome` instead. */
export class NetSuiteFailure extends CallFailure {
  constructor(facts: CallFailureFacts, cause?: unknown) {
    super('NetSuite', facts, cause);
  }
}
