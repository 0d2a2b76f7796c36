/** A file that stands in the store, and the workflow that reads it there. */
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import type { GivenBy } from '../../contracts/activity-inputs.ts';
import type { WorkflowContract } from '../../contracts/workflow.ts';

/** A file that a person gives is an act of his own, however often it is given. */
export function givenBy(by: string | null): GivenBy {
  return by === null ? {} : { given: { by, act: randomUUID() } };
}

/** How long a person who gives a file waits for a worker. */
export const ANSWER_WITHIN_MS = 120_000;

/**
 * Runs an import to its end; one of the same file that is under way is joined.
 * @param refused what the workflow's failure means to whoever gave the file; null where it is none of its refusals
 * @param withinMs null: for as long as it takes
 * @throws TieoutError `not-running` when no worker answers within that time; else what `refused` makes of the failure
 */
export async function runImport<Input extends { connection: string; sha256: string }, R>(
  client: Client,
  { name, idOf }: WorkflowContract<(input: Input) => Promise<R>, [sha256: string]>,
  input: Input,
  refused: (failure: ApplicationFailure) => Error | null,
  withinMs: number | null,
): Promise<R> {
  const workflowId = idOf(input.connection, input.sha256);
  const run = async () => {
    const handle = await client.workflow.start<(taken: Input) => Promise<R>>(name, {
      workflowId,
      taskQueue: workflowQueue(),
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    return handle.result();
  };
  try {
    return await (withinMs === null ? run() : client.withAbortSignal(AbortSignal.timeout(withinMs), run));
  } catch (error) {
    const failure = error instanceof WorkflowFailedError ? applicationFailureOf(error.cause) : null;
    const refusal = failure === null ? null : failure.type === 'NOT_ALLOWED' ? notAllowed(failure) : refused(failure);
    if (refusal !== null) throw refusal;
    if (withinMs === null || error instanceof WorkflowFailedError) throw error;
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isAborted(error))
      throw noWorker(workflowId, withinMs);
    throw error;
  }
}

function notAllowed({ message }: ApplicationFailure): TieoutError {
  return new TieoutError({
    code: 'usage',
    what: message,
    notDone: 'Nothing was taken in.',
    where: [],
    do: ['let one of them give it, with --by; roles are people in tieout.config.yaml'],
  });
}

function applicationFailureOf(cause: Error | undefined): ApplicationFailure | null {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) if (at instanceof ApplicationFailure) return at;
  return null;
}

function isAborted(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? at.code : undefined;
    if (at.name === 'AbortError' || at.name === 'TimeoutError' || code === 1 || code === 4) return true; // gRPC: cancelled, deadline
  }
  return false;
}

function noWorker(workflowId: string, withinMs: number): TieoutError {
  return new TieoutError({
    code: 'not-running',
    what: 'No worker answers.',
    notDone: 'The file is stored; it is read as soon as they are back.',
    where: [`workflow ${workflowId}, no answer within ${withinMs / 1000} s`],
    do: ['npx tieout doctor shows what runs; giving the same file again does no harm'],
  });
}
