/** What has to stand in Temporal for each connection before anything happens by itself: its schedules and its decisions. */
import type { Client } from '@temporalio/client';
import { workflowQueue } from '../domain/identifiers/task-queue.ts';
import { decisionsWorkflowId } from '../domain/identifiers/workflow-id.ts';
import type { DecisionsInput } from '../workflows/decisions/decisions.contract.ts';
import { reconcileSchedules, type ScheduledConnection } from './schedules.ts';

/** Updates before the history of a decisions workflow is cut by continuing as new. */
const DECISIONS_PER_RUN = 500;

/** Running it again changes only what differs. Returns the ids of the schedules. */
export async function reconcileConnections(client: Client, connections: readonly ScheduledConnection[]): Promise<string[]> {
  const ids = await reconcileSchedules(client, connections);
  for (const { name, policy } of connections) {
    const input: DecisionsInput = { connection: name, policy, decisionsPerRun: DECISIONS_PER_RUN };
    await client.workflow.start('decisions', {
      workflowId: decisionsWorkflowId(name), taskQueue: workflowQueue(), args: [input], workflowIdConflictPolicy: 'USE_EXISTING', staticSummary: `Decisions of ${name}`,
    });
  }
  return ids;
}
