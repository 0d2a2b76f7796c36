/** What has to stand in Temporal for each connection before anything happens by itself: its schedules and its decisions. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { workflowQueue } from '../contracts/task-queues.ts';
import { DECISIONS, type DecisionsInput, type DecisionsWorkflow } from '../contracts/decisions/decisions.ts';
import { missingSchedules, reconcileSchedules, type ScheduledConnection, type ScheduledFlows } from './schedules.ts';

/** Updates before the history of a decisions workflow is cut by continuing as new. */
const DECISIONS_PER_RUN = 500;

/** Running it again changes only what differs. Returns the ids of the schedules. */
export async function reconcileConnections(
  client: Client,
  connections: readonly ScheduledConnection[],
): Promise<string[]> {
  const ids = await reconcileSchedules(client, connections);
  for (const { name, policy } of connections) {
    const input: DecisionsInput = { connection: name, policy, decisionsPerRun: DECISIONS_PER_RUN };
    await client.workflow.start<DecisionsWorkflow>(DECISIONS.name, {
      workflowId: DECISIONS.idOf(name),
      taskQueue: workflowQueue(),
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `Decisions of ${name}`,
    });
  }
  return ids;
}

/**
 * Whether all of that stands still. Temporal's database may have been lost, or its namespace made anew, under workers that
 * go on: then nobody looks any more, at anything, before it is made once more.
 */
export async function connectionsStand(client: Client, connections: readonly ScheduledFlows[]): Promise<boolean> {
  if ((await missingSchedules(client, connections)).length > 0) return false;
  for (const { name } of connections) if (!(await runs(client, DECISIONS.idOf(name)))) return false;
  return true;
}

async function runs(client: Client, workflowId: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
