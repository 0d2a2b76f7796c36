/** When a look of a schedule, or of the demo clock, was last begun that came to its end: Temporal's own word. */
import type { Client } from '@temporalio/client';
import type { ScheduledLook } from './schedules.ts';

/** What Temporal appends to the id of a schedule's run, and what the demo clock does: a time. */
const RUN = /^[-:]\d{4}-\d{2}-\d{2}T/;

/** @returns its beginning: what it had not seen by then the next one sees. Null where none has come to its end. */
export async function lastLook(
  client: Client,
  { contract, id }: Pick<ScheduledLook, 'contract' | 'id'>,
): Promise<Date | null> {
  const query = `WorkflowType = "${contract.name}" AND ExecutionStatus = "Completed" AND WorkflowId STARTS_WITH "${id}"`;
  for await (const { workflowId, startTime } of client.workflow.list({ query, pageSize: 10 }))
    // `demo` is the beginning of `demo-us`, too.
    if (RUN.test(workflowId.slice(id.length))) return startTime;
  return null;
}
