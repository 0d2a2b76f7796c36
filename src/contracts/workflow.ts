/** What whoever starts, signals or looks for a workflow knows of it; its input and result travel with the value as types. */
import type { Workflow } from '@temporalio/common';

/** @typeParam Id what its id is made of, after the connection */
export interface WorkflowContract<W extends Workflow, Id extends string[] = []> {
  /** Its type in Temporal, and the name of the function that runs it. */
  readonly name: string;
  readonly idOf: (connection: string, ...key: Id) => string;
  /** Carries the type; never read. */
  readonly runs?: W;
}

export function workflowContract<W extends Workflow, Id extends string[] = []>(
  name: string,
  idOf: (connection: string, ...key: Id) => string,
): WorkflowContract<W, Id> {
  return { name, idOf };
}
