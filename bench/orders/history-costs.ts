/**
 * What a history costs: its events, and Temporal's actions by its own price list (docs.temporal.io/evaluate/cloud/actions):
 * a start, each attempt of an activity, a signal (one that starts the workflow is one with the start), a timer, an upsert of
 * search attributes, an accepted update.
 */
import type { Client } from '@temporalio/client';

export interface HistoryCosts {
  actions: number;
  events: number;
  runs: number;
}

export async function costsOf(client: Client, workflowId: string): Promise<HistoryCosts> {
  const costs: HistoryCosts = { actions: 0, events: 0, runs: 0 };
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    costs.runs += 1;
    costs.events += events?.length ?? 0;
    for (const [index, event] of (events ?? []).entries()) {
      // The signal of a signal-with-start comes right behind the start.
      if (event.workflowExecutionSignaledEventAttributes && index > 1) costs.actions += 1;
      if (
        event.workflowExecutionStartedEventAttributes ||
        event.activityTaskScheduledEventAttributes ||
        event.timerStartedEventAttributes ||
        event.upsertWorkflowSearchAttributesEventAttributes ||
        event.workflowExecutionUpdateAcceptedEventAttributes
      )
        costs.actions += 1;
      // Of attempts that failed only the last one's number is written down.
      costs.actions += Math.max(0, (event.activityTaskStartedEventAttributes?.attempt ?? 1) - 1);
    }
  }
  return costs;
}

export function sumCosts(all: readonly HistoryCosts[]): HistoryCosts {
  return all.reduce(
    (sum, one) => ({ actions: sum.actions + one.actions, events: sum.events + one.events, runs: sum.runs + one.runs }),
    { actions: 0, events: 0, runs: 0 },
  );
}
