/** Fail-points around every activity, by its name: a new one has them without being named anywhere. */
import { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';

export class FailPointInterceptor implements ActivityInboundCallsInterceptor {
  readonly #deps: Pick<Dependencies, 'failPoint'>;

  constructor(deps: Pick<Dependencies, 'failPoint'>) {
    this.#deps = deps;
  }

  /** `activity:{name}:after` is passed when all is done and Temporal has not heard of it. */
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    const { activityType } = Context.current().info;
    this.#deps.failPoint(`activity:${activityType}:before`);
    const result = await next(input);
    this.#deps.failPoint(`activity:${activityType}:after`);
    return result;
  }
}
