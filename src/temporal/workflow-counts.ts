import type { Client } from '@temporalio/client';

/** Workflows of a namespace by how they stand, and the version of the server that counts them. */
export interface WorkflowCounts {
  server: string;
  completed: number;
  running: number;
  failed: number;
}

/** The server's own word: with TEMPORAL_ADDRESS nobody else knows its version. */
export async function countWorkflows(client: Client): Promise<WorkflowCounts> {
  const count = async (status: string) => (await client.workflow.count(`ExecutionStatus = '${status}'`)).count;
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  return {
    server: serverVersion,
    completed: await count('Completed'),
    running: await count('Running'),
    failed: await count('Failed'),
  };
}
