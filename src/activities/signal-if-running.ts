import { WorkflowNotFoundError } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import type { Dependencies } from './dependencies.ts';

/** Signals a workflow; false when it has ended, which needs no telling: when it starts again it reads the store. */
export async function signalIfRunning<Args extends unknown[]>(deps: Pick<Dependencies, 'temporal'>, workflowId: string, signal: SignalDefinition<Args>, ...args: Args): Promise<boolean> {
  try {
    await deps.temporal.workflow.getHandle(workflowId).signal(signal, ...args);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
