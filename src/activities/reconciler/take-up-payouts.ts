import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { payoutIs, type PayoutState } from '../../domain/payouts/payout-states.ts';
import { payoutInStep, type PayoutInStore } from '../../domain/payouts/payout-in-step.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import { unfinishedPayouts } from '../../store/reconciler/unfinished.ts';
import { describeRunning, runningWorkflows } from '../../temporal/running-workflows.ts';
import { PAYOUT, reportFound } from '../../contracts/payouts/payout.ts';
import type { Connection } from '../connection.ts';
import { startPayout } from '../wake-payout.ts';
import { endLeftOverFailures } from './end-left-over-failures.ts';
import type { TakenUp } from '../../contracts/reconciler/reconciler.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';

/**
 * Compares the store's unfinished payouts with the workflows that run. One that is out of step begins its story again:
 * each of its steps finds what it has done before, in the store or under its key in NetSuite. Failures of steps that nobody
 * runs any more end with that. Idempotent.
 */
export async function takeUpPayouts(connection: Connection, input: Telling): Promise<TakenUp> {
  const { db } = connection;
  const running = await runningWorkflows(connection.temporal, connection.name, PAYOUT);
  const taken: TakenUp = { started: 0, told: 0 };
  for (const { settlementId, state } of await unfinishedPayouts(db, connection.name)) {
    const workflowId = payoutWorkflowId(connection.name, settlementId);
    const workflow = running.has(workflowId) ? await describeRunning(connection.temporal, workflowId) : null;
    if (payoutInStep(storedAs(state), workflow) === 'in step') continue;
    const settlement = await loadSettlement(db, connection.name, settlementId);
    if (settlement === null || settlement.state !== state) continue;
    await startPayout(connection, input.policy, settlement, reportFound);
    taken[workflow === null ? 'started' : 'told'] += 1;
  }
  await endLeftOverFailures(connection);
  return taken;
}

function storedAs(state: PayoutState): PayoutInStore {
  return payoutIs.waitingForPerson(state)
    ? 'waits for a person'
    : payoutIs.waitingForNews(state)
      ? 'waits for news'
      : 'works';
}
