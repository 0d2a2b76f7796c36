/** Activities that answer from a script: what a workflow asks for is written down, and may be held while something else happens. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AllActivities } from '../../src/contracts/activities.ts';

export type ActivityName = keyof AllActivities;
type ResultOf<Name extends ActivityName> = Awaited<ReturnType<AllActivities[Name]>>;

/** An error is thrown, and so tried again by the policy. */
type Answer<R> = R | Held<R> | Error;

/** By activity, the answers to its calls in order. A call for which there is none fails the workflow, and so the test. */
export type Script = { [Name in ActivityName]?: readonly Answer<ResultOf<Name>>[] };

export interface Call {
  activity: ActivityName;
  /** The queue on which it was asked for. */
  queue: string;
  input: object;
}

/** An answer that is not given before {@link Held.give}: what happens meanwhile happens while the activity is under way. */
export class Held<R> {
  readonly answer: R;
  /** Resolves once the activity is under way. */
  readonly reached: Promise<void>;
  readonly given: Promise<void>;
  give: () => void = () => {};
  reach: () => void = () => {};

  constructor(answer: R) {
    this.answer = answer;
    this.reached = new Promise((resolve) => (this.reach = resolve));
    this.given = new Promise((resolve) => (this.give = resolve));
  }
}
export const held = <const R>(answer: R): Held<R> => new Held(answer);

/** What one workflow is answered, and what it asked. */
export class ScriptedActivities {
  readonly calls: Call[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  async answer(call: Call): Promise<unknown> {
    const before = this.calls.filter(({ activity }) => activity === call.activity).length;
    this.calls.push(call);
    const answers: readonly Answer<unknown>[] = this.#script[call.activity] ?? [];
    if (before >= answers.length)
      throw ApplicationFailure.nonRetryable(
        `${call.activity} was called ${before + 1} times, answers are written for ${answers.length}`,
      );
    const answer = answers[before];
    if (answer instanceof Error) throw answer;
    if (!(answer instanceof Held)) return answer;
    answer.reach();
    await answer.given;
    return answer.answer;
  }
}

/** Any activity of any queue, answered by the script of the workflow that asks. */
export function answeringFor(scriptOf: (workflowId: string) => ScriptedActivities | undefined) {
  return {
    async default(input: object): Promise<unknown> {
      const { activityType, taskQueue, workflowExecution } = Context.current().info;
      const script = scriptOf(workflowExecution?.workflowId ?? '');
      if (script === undefined) throw ApplicationFailure.nonRetryable(`nothing is written for ${activityType}`);
      return script.answer({ activity: activityType as ActivityName, queue: taskQueue, input });
    },
  };
}
