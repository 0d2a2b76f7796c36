/** Work that fails again and again: steps that were raised, with their next try, and workflows whose own code fails. */
import type { Client } from '@temporalio/client';
import type { Store } from '../../store/database.ts';
import { openStepFailures } from '../../store/exceptions/step-failures.ts';
import { broken, fine, type Finding } from './finding.ts';

/** More than these are counted. */
const SHOWN = 10;

export async function failingSteps(client: Client, store: Store): Promise<Finding[]> {
  const failing = await openStepFailures(store.db);
  if (failing.length === 0) return [fine('steps', 'none has failed for long')];
  const shown = await Promise.all(
    failing
      .slice(0, SHOWN)
      .map(async ({ exception, key, what, workflowId }) =>
        broken(
          'steps',
          key,
          `${what}; ${await nextTry(client, workflowId, key.slice(0, key.indexOf(':')))}`,
          `npx tieout exceptions ${exception}`,
        ),
      ),
  );
  const more = failing.length - shown.length;
  return more === 0 ? shown : [...shown, broken('steps', `${more} more`, 'fail for long', 'npx tieout exceptions')];
}

/** What Temporal says of the step: it knows also what the store has not heard of. */
async function nextTry(client: Client, workflowId: string, activity: string): Promise<string> {
  try {
    const { raw, status } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== 'RUNNING') return `${workflowId} has ended (${status.name.toLowerCase()})`;
    const pending = (raw.pendingActivities ?? []).find(({ activityType }) => activityType?.name === activity);
    return pending ? `try ${pending.attempt ?? '?'} of ${workflowId}` : `${workflowId} is past it`;
  } catch (error) {
    return `Temporal says of ${workflowId}: ${(error as Error).message}`;
  }
}

/**
 * Workflows whose last tasks failed or timed out: a mistake in their code, or code that no longer fits their history. The
 * server marks them after five in a row (`TemporalReportedProblems`, from 1.30 on) and takes the mark away with the first
 * that works.
 */
export async function failingWorkflows(client: Client): Promise<Finding[]> {
  const found: string[] = [];
  try {
    for await (const { workflowId } of client.workflow.list({
      query: "TemporalReportedProblems IN ('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')",
    }))
      found.push(workflowId);
  } catch (error) {
    return [
      fine(
        'workflows',
        `this Temporal server does not say which fail; 1.30 and later do (${(error as Error).message})`,
      ),
    ];
  }
  if (found.length === 0) return [fine('workflows', 'none fails')];
  return Promise.all(
    found.slice(0, SHOWN).map(async (workflowId) => {
      const task = (await client.workflow.getHandle(workflowId).describe()).raw.pendingWorkflowTask;
      return broken(
        'workflows',
        workflowId,
        `its workflow task fails${task?.attempt ? ` (try ${String(task.attempt)})` : ''}`,
        `look at ${workflowId} in the Temporal UI, WorkflowTaskFailed says why: go back to the version that ran before, or update; nothing is lost meanwhile`,
      );
    }),
  );
}
