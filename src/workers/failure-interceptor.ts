/**
 * The one place where a client's failure becomes an ApplicationFailure, where every activity heartbeats, and where a
 * failure that stays becomes an exception for a person: Temporal tries again for ever, but never in silence.
 */
import { Context, type Info } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { milliseconds } from '../config/duration.ts';
import type { Dependencies } from '../activities/dependencies.ts';
import { CallFailure } from '../clients/http/call-failure.ts';
import { flowSubject, orderSubject, payoutSubject, type Subject } from '../domain/exceptions/exception.ts';
import { raise, resolveException } from '../store/exceptions/exceptions.ts';
import { outageOf, SETTING_UNKNOWN, type Outage } from './classify-failure.ts';
import type { LastingFailures, Step } from './lasting-failures.ts';

/** From this try on an outage is raised; a refused sign-in at once, since trying again mends nothing. */
const RAISED_FROM_ATTEMPT = 5;

/** What inputs of activities name; everything else is the business of the flow that runs it. */
interface Named {
  connection?: string;
  orderId?: string;
  settlementId?: string;
}

export class FailureInterceptor implements ActivityInboundCallsInterceptor {
  readonly #deps: Pick<Dependencies, 'store' | 'now'>;
  readonly #lasting: LastingFailures;

  constructor(deps: Pick<Dependencies, 'store' | 'now'>, lasting: LastingFailures) {
    this.#deps = deps;
    this.#lasting = lasting;
  }

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const { info, log } = Context.current();
    const timer = setInterval(
      () => Context.current().heartbeat(),
      Math.max((info.heartbeatTimeoutMs ?? 15_000) / 4, 100),
    );
    const named = (input.args[0] as Named | undefined) ?? {};
    const { connection } = named;
    const step = connection === undefined ? null : stepOf(info, { ...named, connection });
    const say = (message: string, facts: Record<string, unknown>) => log.error(message, facts);
    try {
      if (step !== null) await this.#lasting.begins(step, say);
      const result = await next(input);
      if (step !== null) await this.#lasting.worked(step, say);
      if (connection !== undefined && (info.attempt > 1 || step?.goesOn))
        await this.#settle(connection, info.taskQueue);
      return result;
    } catch (error) {
      const outage = outageOf(error);
      if (
        outage !== null &&
        connection !== undefined &&
        (outage.endsWith('auth') || info.attempt >= RAISED_FROM_ATTEMPT)
      ) {
        await this.#raise(connection, outage, error as Error, info.attempt).catch(() => {});
      }
      if (error instanceof ApplicationFailure && error.type === SETTING_UNKNOWN && connection !== undefined)
        await this.#raiseSetting(connection, error).catch(() => {});
      if (step !== null) await this.#lasting.failed(step, error, say);
      throw error instanceof CallFailure ? failureOf(error) : error;
    } finally {
      clearInterval(timer);
    }
  }

  async #raise(connection: string, code: Outage, error: Error, attempt: number): Promise<void> {
    const vendor = code.startsWith('netsuite') ? 'NetSuite' : 'Amazon';
    await raise(
      this.#deps.store.db,
      connection,
      {
        code,
        subject: { kind: 'vendor', id: vendor },
        evidence: {
          what: `${vendor} ${code.endsWith('auth') ? 'refuses the sign-in' : 'does not answer'}: ${error.message} (try ${attempt}); nothing is lost`,
          atStake: null,
          currency: null,
        },
        remedy:
          code === 'netsuite-auth'
            ? {
                kind: 'set-up',
                where:
                  'Setup › Integration › OAuth 2.0 Client Credentials (M2M) Setup: map the certificate to the role again',
              }
            : code === 'amazon-auth'
              ? {
                  kind: 'set-up',
                  where:
                    'Seller Central › Apps and Services › Develop Apps: authorise the application again and set its refresh token',
                }
              : { kind: 'wait', until: 'it carries on by itself when it answers again' },
      },
      await this.#deps.now(),
    );
  }

  async #raiseSetting(connection: string, error: ApplicationFailure): Promise<void> {
    await raise(
      this.#deps.store.db,
      connection,
      {
        code: 'setting-unknown',
        subject: { kind: 'setting', id: String(error.details?.[0] ?? error.message) },
        evidence: { what: error.message, atStake: null, currency: null },
        remedy: { kind: 'set-up', where: 'Create it in NetSuite, or mend tieout.config.yaml and start again' },
      },
      await this.#deps.now(),
    );
  }

  /** A call that works after it failed ends the outage of its vendor. */
  async #settle(connection: string, taskQueue: string): Promise<void> {
    const codes: Outage[] = taskQueue.startsWith('netsuite')
      ? ['netsuite-down', 'netsuite-auth']
      : taskQueue.startsWith('amazon')
        ? ['amazon-down', 'amazon-auth']
        : [];
    for (const code of codes)
      await resolveException(
        this.#deps.store.db,
        connection,
        code,
        code.startsWith('netsuite') ? 'NetSuite' : 'Amazon',
        'it answers again',
        await this.#deps.now(),
      );
  }
}

/** What a try works on: its order, its payout, or else the flow that runs it (a look at Amazon, an import, a decision). */
function stepOf(info: Info, { connection, orderId, settlementId }: Named & { connection: string }): Step {
  const subject: Subject =
    orderId !== undefined
      ? orderSubject(orderId)
      : settlementId !== undefined
        ? payoutSubject(settlementId)
        : flowSubject(info.workflowType ?? info.activityType);
  const longest = info.retryPolicy?.maximumInterval;
  return {
    connection,
    activity: info.activityType,
    subject,
    workflowId: info.workflowExecution?.workflowId ?? '',
    attempt: info.attempt,
    scheduledMs: info.scheduledTimestampMs,
    dueMs: info.currentAttemptScheduledTimestampMs,
    goesOn: (info.retryPolicy?.maximumAttempts ?? 0) > 0,
    longestWaitMs: longest === undefined ? null : typeof longest === 'number' ? longest : milliseconds(longest),
  };
}

/** A throttled call is expected and raises no alarm; its vendor may say when to come back. */
function failureOf(error: CallFailure): ApplicationFailure {
  return ApplicationFailure.create({
    type: `CALL_${error.code.toUpperCase().replace('-', '_')}`,
    message: error.message,
    ...(error.retryAfterMs === null ? {} : { nextRetryDelay: error.retryAfterMs }),
    ...(error.code === 'throttled' ? { category: ApplicationFailureCategory.BENIGN } : {}),
    details: [{ code: error.code, where: error.where, status: error.status }],
  });
}
