import { WorkflowIdReusePolicy, type SignalDefinition } from '@temporalio/common';
import { workflowQueue } from '../../domain/identifiers/task-queue.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { loadSettlement, setSettlementState } from '../../store/settlements.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import type { PayoutInput } from '../../workflows/payouts/payout.contract.ts';
import type { Dependencies } from '../dependencies.ts';

/** Settlements that count as busy already, and whose next step needs their state as it is. */
const BEGINNING = ['found', 'planned', 'refused', 'staged', 'waits-amount'];

/**
 * Starts the payout of a settlement, or tells the one that runs. One that had come to rest is at work again until it is
 * proven: nobody may take it for idle, or for tied, meanwhile. Idempotent: signal-with-start; what is told twice looks twice.
 */
export async function startPayout(deps: Dependencies, { connection, policy }: { connection: string; policy: ActivityPolicy }, settlementId: string, signal: SignalDefinition): Promise<void> {
  const settlement = await loadSettlement(deps.store.db, connection, settlementId);
  if (settlement === null) throw new Error(`bug: settlement ${settlementId} is not in the store`);
  if (!BEGINNING.includes(settlement.state)) await setSettlementState(deps.store.db, connection, settlementId, 'posted');
  const argument: PayoutInput = { connection, settlementId, policy };
  await deps.temporal.workflow.signalWithStart('payout', {
    workflowId: payoutWorkflowId(connection, settlementId), taskQueue: workflowQueue(), args: [argument],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE, signal,
    staticSummary: `Payout of settlement ${settlementId}, ${settlement.currency}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.connection, value: connection }, { key: SEARCH_ATTRIBUTES.settlementId, value: settlementId },
      { key: SEARCH_ATTRIBUTES.state, value: 'open' }, { key: SEARCH_ATTRIBUTES.period, value: settlement.end.slice(0, 7) },
    ],
  });
}
