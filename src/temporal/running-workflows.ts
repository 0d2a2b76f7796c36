/** Which workflows run, by Temporal's own word: what stands in the store may say otherwise. */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';

/** Ids of a listing that one call brings. */
const PAGE = 1000;

/** Id → whether it says that it waits for a person, as the list has it: a moment behind what is. */
export async function runningWorkflows(
  client: Client,
  connection: string,
  { name }: { name: string },
): Promise<Map<string, boolean>> {
  const running = new Map<string, boolean>();
  const query = `ExecutionStatus = "Running" AND WorkflowType = "${name}" AND ${SEARCH_ATTRIBUTES.connection.name} = "${connection}"`;
  for await (const { workflowId, typedSearchAttributes } of client.workflow.list({ query, pageSize: PAGE })) {
    running.set(workflowId, typedSearchAttributes.get(SEARCH_ATTRIBUTES.state) === 'waits');
  }
  return running;
}

/** One that runs, as it is now; null where none does. */
export async function describeRunning(
  client: Client,
  workflowId: string,
): Promise<{ waits: boolean; idle: boolean } | null> {
  try {
    const { status, typedSearchAttributes, raw } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== 'RUNNING') return null;
    return {
      waits: typedSearchAttributes.get(SEARCH_ATTRIBUTES.state) === 'waits',
      idle: (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
