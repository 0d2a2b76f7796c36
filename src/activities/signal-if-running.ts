import { WorkflowNotFoundError } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import pMap from 'p-map';
import type { Connection } from './connection.ts';

/** Signals that are under way at one time. */
const AT_ONCE = 20;

/** Signals a workflow; false when it has ended, which needs no telling: when it starts again it reads the store. */
export async function signalIfRunning<Args extends unknown[]>(
  connection: Connection,
  workflowId: string,
  signal: SignalDefinition<Args>,
  ...args: Args
): Promise<boolean> {
  try {
    await connection.temporal.workflow.getHandle(workflowId).signal(signal, ...args);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Signals many workflows; gives the ids of those that do not run. */
export async function signalAllRunning<Args extends unknown[]>(
  connection: Connection,
  workflowIds: readonly string[],
  signal: SignalDefinition<Args>,
  ...args: Args
): Promise<string[]> {
  const told = await pMap(workflowIds, (workflowId) => signalIfRunning(connection, workflowId, signal, ...args), {
    concurrency: AT_ONCE,
  });
  return workflowIds.filter((_, index) => !told[index]);
}
