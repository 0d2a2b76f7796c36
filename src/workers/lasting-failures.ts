/**
 * A failure that lasts becomes an exception for a person, whatever it is, and ends with the first success of its step.
 * Temporal tries again for ever; this says so. One object for all activities of a process; what it must not forget is in
 * the store. Nothing here makes an activity fail.
 */
import { explainFailingStep, stepKey, type FailureKind } from '../domain/exceptions/step-failing.ts';
import type { Subject } from '../domain/exceptions/exception.ts';
import { instantOf } from '../domain/money/instant.ts';
import { openKeysOf, raise } from '../store/exceptions/exceptions.ts';
import { endStepFailure, loadStepFailure, noteStepFailure } from '../store/exceptions/step-failures.ts';
import type { Dependencies } from '../activities/dependencies.ts';
import { classifyFailure, isNoFailure, isRaisedElsewhere, outageOf } from './classify-failure.ts';

/** One try of an activity, with real times in epoch milliseconds. */
export interface Step {
  connection: string;
  activity: string;
  subject: Subject;
  workflowId: string;
  attempt: number;
  /** When the activity was asked for, and when this try of it was due. */
  scheduledMs: number;
  dueMs: number;
  longestWaitMs: number | null;
  /** One of the tries of a look, whose next run takes it up: its failure goes on from run to run. */
  goesOn: boolean;
}

export interface Patience {
  /** How long a step may fail before it is raised, in milliseconds of real time, also beside a demo clock. */
  afterMs: number;
  /** Or how many times in a row, where that comes first. */
  tries: number;
  /** How old the knowledge of what other processes have raised may be when a step works at once. */
  lookEveryMs: number;
}

/** Fifteen minutes: past every wait for a lost answer but the last, and long past any outage that mends itself. */
export const PATIENCE: Patience = { afterMs: 15 * 60_000, tries: 20, lookEveryMs: 5000 };

/** Within this a vendor counts as up. */
const ANSWERED_LATELY_MS = 5 * 60_000;

/** What it is told by: the clients know when their vendors last took a call. */
type Known = Pick<Dependencies, 'store' | 'now' | 'realNow'> & Partial<Pick<Dependencies, 'clients'>>;

type Log = (message: string, facts: Record<string, unknown>) => void;

export class LastingFailures {
  readonly #deps: Known;
  readonly #patience: Patience;
  /** Tries that failed while the store did not answer: they have not ended without a word. */
  readonly #unwritten = new Set<string>();
  /** Steps that worked while the store did not answer. */
  readonly #toEnd = new Map<string, Step>();
  #raised: { keys: ReadonlySet<string>; at: number } | null = null;

  constructor(deps: Known, patience: Patience) {
    this.#deps = deps;
    this.#patience = patience;
  }

  /** A try begins. Where the one before it left no word (it ran into its time limit, or its process died), this is where that shows. */
  async begins(step: Step, log: Log): Promise<void> {
    if (step.attempt === 1 || this.#unwritten.delete(`${nameOf(step)} ${step.attempt - 1}`)) return;
    try {
      const known = await loadStepFailure(this.#deps.store.db, step.connection, keyOf(step));
      const ofThisRun = known?.scheduledMs === step.scheduledMs ? known : null;
      if (ofThisRun !== null && ofThisRun.attempt >= step.attempt - 1) return;
      const before = { ...step, attempt: step.attempt - 1 };
      const heardMs = ofThisRun?.heardMs ?? step.scheduledMs;
      await this.#note(before, step.dueMs, heardMs);
      // By when it was due, not by now: a try may lie in its queue for as long as no worker runs.
      if (step.dueMs - heardMs < this.#patience.afterMs) return;
      await this.#raise(before, heardMs, {
        kind: 'silent',
        type: 'no answer',
        text: 'the try ran into its time limit, or its process ended',
      });
    } catch (error) {
      log('a step that ends without a word could not be raised', {
        step: nameOf(step),
        attempt: step.attempt,
        error: String(error),
      });
    }
  }

  async failed(step: Step, error: unknown, log: Log): Promise<void> {
    if (isNoFailure(error)) return;
    const { afterMs, tries } = this.#patience;
    const { kind, type, text, expected, announcedMs } = classifyFailure(error);
    try {
      const now = this.#deps.realNow();
      const first = await this.#note(step, now, now);
      if (isRaisedElsewhere(error) && !this.#answersOthers(step, error, first)) return;
      const lasts = now - first >= afterMs + (expected ? announcedMs : 0) || (!expected && step.attempt >= tries);
      if (lasts) await this.#raise(step, first, { kind, type, text });
    } catch (refusal) {
      // The next try says it again.
      this.#unwritten.add(`${nameOf(step)} ${step.attempt}`);
      log('a failure could not be written down', {
        step: nameOf(step),
        attempt: step.attempt,
        type,
        error: String(refusal),
      });
    }
  }

  /** Ends what was raised about the step, whichever process and whichever run of its workflow raised it. */
  async worked(step: Step, log: Log): Promise<void> {
    this.#unwritten.delete(`${nameOf(step)} ${step.attempt - 1}`);
    try {
      for (const [name, earlier] of this.#toEnd) {
        await this.#end(earlier);
        this.#toEnd.delete(name);
      }
      if (step.attempt > 1 || step.goesOn || (await this.#raisedKeys()).has(nameOf(step))) await this.#end(step);
    } catch (error) {
      if (step.attempt > 1) this.#toEnd.set(nameOf(step), step);
      log('the end of a failure could not be written down', { step: nameOf(step), error: String(error) });
    }
  }

  /** A vendor that takes other calls since this step first failed is not down: it is this step that fails. */
  #answersOthers({ connection }: Step, error: unknown, first: number): boolean {
    const outage = outageOf(error);
    if (outage === null || outage.endsWith('auth')) return false;
    const vendor = outage === 'netsuite-down' ? 'netsuite' : 'amazon';
    const at = this.#deps.clients?.get(connection)?.answeredAt?.(vendor) ?? null;
    return at !== null && at > first && this.#deps.realNow() - at < ANSWERED_LATELY_MS;
  }

  #note(step: Step, failedMs: number, heardMs: number): Promise<number> {
    return noteStepFailure(this.#deps.store.db, {
      connection: step.connection,
      key: keyOf(step),
      workflowId: step.workflowId,
      scheduledMs: step.scheduledMs,
      firstFailedMs: failedMs,
      heardMs,
      attempt: step.attempt,
      goesOn: step.goesOn,
    });
  }

  async #raise(step: Step, sinceMs: number, failure: { kind: FailureKind; type: string; text: string }): Promise<void> {
    await raise(
      this.#deps.store.db,
      step.connection,
      explainFailingStep({
        ...failure,
        activity: step.activity,
        subject: step.subject,
        since: instantOf(sinceMs),
        tries: step.goesOn ? null : step.attempt,
        longestWait: step.goesOn || step.longestWaitMs === null ? null : words(step.longestWaitMs),
      }),
      await this.#deps.now(),
    );
    this.#raised = null;
  }

  async #end(step: Step): Promise<void> {
    await endStepFailure(this.#deps.store.db, step.connection, keyOf(step), 'it works again', await this.#deps.now());
  }

  /** What is raised anywhere. Looked at now and then: a step that works at its first try costs no query. */
  async #raisedKeys(): Promise<ReadonlySet<string>> {
    const now = this.#deps.realNow();
    if (this.#raised === null || now - this.#raised.at >= this.#patience.lookEveryMs) {
      const keys = new Set(await openKeysOf(this.#deps.store.db, 'step-failing'));
      this.#raised = { keys, at: now };
    }
    return this.#raised.keys;
  }
}

const keyOf = ({ activity, subject }: Step): string => stepKey(activity, subject);
const nameOf = (step: Step): string => `${step.connection} ${keyOf(step)}`;

function words(ms: number): string {
  const [count, unit] = ms < 60_000 ? [Math.ceil(ms / 1000), 'second'] : [Math.ceil(ms / 60_000), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
