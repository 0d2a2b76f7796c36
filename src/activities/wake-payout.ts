/** A payout that hears of something: it is at work again until it is proven, and nobody may take it for idle meanwhile. */
import { WorkflowIdReusePolicy, type SignalDefinition } from '@temporalio/common';
import { workflowQueue } from '../contracts/task-queues.ts';
import { reopened, WAITING_FOR_NEWS } from '../domain/payouts/payout-states.ts';
import { payoutWorkflowId } from '../domain/identifiers/workflow-id.ts';
import {
  loadSettlement,
  resumeSettlement,
  setSettlementState,
  type StoredSettlement,
} from '../store/payouts/settlements.ts';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';
import { PAYOUT, bankLineSeen, type PayoutInput } from '../contracts/payouts/payout.ts';
import type { Connection } from './connection.ts';
import { signalIfRunning } from './signal-if-running.ts';
import type { ActivityPolicy } from '../contracts/activity-policy.ts';

/** Starts the payout of a settlement, or tells the one that runs. It looks for itself, so one that is told twice does the same. */
export async function startPayout(
  connection: Connection,
  policy: ActivityPolicy,
  { settlementId, currency, end }: StoredSettlement,
  signal: SignalDefinition,
): Promise<void> {
  const argument: PayoutInput = { connection: connection.name, settlementId, policy };
  await connection.temporal.workflow.signalWithStart(PAYOUT.name, {
    workflowId: PAYOUT.idOf(connection.name, settlementId),
    taskQueue: workflowQueue(),
    args: [argument],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    signal,
    staticSummary: `Payout of settlement ${settlementId}, ${currency}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.connection, value: connection.name },
      { key: SEARCH_ATTRIBUTES.settlementId, value: settlementId },
      { key: SEARCH_ATTRIBUTES.state, value: 'open' },
      { key: SEARCH_ATTRIBUTES.period, value: end.slice(0, 7) },
    ],
  });
}

/** Starts it, or tells the one that runs, from whatever state: a person or a neighbour has changed what it stands on. */
export async function reopenPayout(
  connection: Connection,
  policy: ActivityPolicy,
  settlementId: string,
  signal: SignalDefinition,
): Promise<void> {
  const settlement = await loadSettlement(connection.db, connection.name, settlementId);
  if (settlement === null) throw new Error(`bug: settlement ${settlementId} is not in the store`);
  // Its rows are gone: there is nothing to work with, and what is posted stands.
  if (settlement.purgedAt !== null) return;
  const state = reopened(settlement.state);
  if (state !== settlement.state) await setSettlementState(connection.db, connection.name, settlementId, state);
  await startPayout(connection, policy, settlement, signal);
}

/** Also one that has ended: what came after it was tied opens it again. False while it is at work, or stopped by something else. */
export async function wakePayout(
  connection: Connection,
  policy: ActivityPolicy,
  settlement: StoredSettlement,
  signal: SignalDefinition,
): Promise<boolean> {
  if (!(await resumeSettlement(connection.db, connection.name, settlement.settlementId, [...WAITING_FOR_NEWS, 'tied'])))
    return false;
  try {
    await startPayout(connection, policy, settlement, signal);
    return true;
  } catch (error) {
    await setSettlementState(connection.db, connection.name, settlement.settlementId, settlement.state);
    throw error;
  }
}

/** One that has ended is not started: the next look at all payouts does that. */
export async function wakeIfRunning(connection: Connection, settlementId: string): Promise<boolean> {
  const settlement = await loadSettlement(connection.db, connection.name, settlementId);
  if (settlement === null || !(await resumeSettlement(connection.db, connection.name, settlementId, WAITING_FOR_NEWS)))
    return false;
  if (await signalIfRunning(connection, payoutWorkflowId(connection.name, settlementId), bankLineSeen)) return true;
  await setSettlementState(connection.db, connection.name, settlementId, settlement.state);
  return false;
}
