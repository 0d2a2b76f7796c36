/** The one place where a client's failure becomes an ApplicationFailure, and where every activity heartbeats. */
import { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { CallFailure } from '../clients/http/call-failure.ts';

export class FailureInterceptor implements ActivityInboundCallsInterceptor {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const context = Context.current();
    const beat = Math.max((context.info.heartbeatTimeoutMs ?? 15_000) / 4, 100);
    const timer = setInterval(() => context.heartbeat(), beat);
    try {
      return await next(input);
    } catch (error) {
      if (error instanceof CallFailure) throw failureOf(error);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
}

/** A throttled call is expected and raises no alarm; its vendor may say when to come back. */
function failureOf(error: CallFailure): ApplicationFailure {
  return ApplicationFailure.create({
    type: `CALL_${error.code.toUpperCase().replace('-', '_')}`, message: error.message,
    ...(error.retryAfterMs === null ? {} : { nextRetryDelay: error.retryAfterMs }),
    ...(error.code === 'throttled' ? { category: ApplicationFailureCategory.BENIGN } : {}),
    details: [{ code: error.code, where: error.where, status: error.status }],
  });
}
