import type { Client } from '@temporalio/client';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { TIE_OUT, type TieOut, type TieOutWorkflow } from '../../contracts/tie-out/tie-out.ts';
import { workflowQueue } from '../../contracts/task-queues.ts';
import { countWorkflows, type WorkflowCounts } from '../../temporal/workflow-counts.ts';

/** What the store says each connection has come to, beside what NetSuite says, one after the other; and the workflows that it took. */
export async function tieOut(
  { client, policy }: { client: Client; policy: ActivityPolicy },
  connections: readonly string[],
): Promise<{ tieOuts: TieOut[]; workflows: WorkflowCounts }> {
  const tieOuts: TieOut[] = [];
  for (const connection of connections)
    tieOuts.push(
      await client.workflow.execute<TieOutWorkflow>(TIE_OUT.name, {
        workflowId: TIE_OUT.idOf(connection),
        taskQueue: workflowQueue(),
        args: [{ connection, policy }],
      }),
    );
  return { tieOuts, workflows: await countWorkflows(client) };
}
