import { WorkflowNotFoundError } from '@temporalio/client';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { firstDayFor } from '../../domain/matching/match-bank-line.ts';
import { bankNewsCame, documentsCame } from '../../store/payout-news.ts';
import { openKeys } from '../../store/exceptions.ts';
import { pendingRevisions } from '../../store/revisions.ts';
import { listSettlements, loadSettlement, setSettlementState, settlementsLeftAlone, type StoredSettlement } from '../../store/settlements.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import { bankLineSeen, documentsPosted, reportFound, tryAgain } from '../../workflows/payouts/payout.contract.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { recheckChains } from '../payouts/check-chains.ts';
import { resolveListed } from '../payouts/leave-alone.ts';
import { ownershipFor } from '../payouts/settlement-ownership-for.ts';
import { startPayout } from '../payouts/start-payout.ts';
import { watchSetOffs } from '../payouts/watch-set-offs.ts';

/**
 * Starts the payout of each settlement whose report was found, or was issued again, and tells those that wait when what
 * they wait for has come. Idempotent: a payout that runs is not started twice, and looks for itself when it is told.
 */
export function createTellPayouts(deps: Dependencies) {
  return async function tellPayouts(input: { connection: string; policy: ActivityPolicy }): Promise<{ started: number; told: number }> {
    const live = connectionOf(deps, input.connection).settings.posting === 'live';
    const reissued = await pendingRevisions(deps.store.db, input.connection);
    let started = 0;
    let told = 0;
    for (const settlement of await listSettlements(deps.store.db, input.connection)) {
      if (settlement.state === 'found' || (live && settlement.state === 'planned') || reissued.has(settlement.settlementId)) {
        await startPayout(deps, input, settlement.settlementId, reportFound);
        started += 1;
      } else if (settlement.state === 'waits-documents' && (await documentsCame(deps.store.db, input.connection, settlement.settlementId))) told += await signal(deps, input.connection, settlement, 'documents');
      else if (settlement.state === 'waits-bank' && (await bankNewsCame(deps.store.db, input.connection, settlement, firstDayFor((await deps.now()).slice(0, 10))))) told += await signal(deps, input.connection, settlement, 'bank');
    }
    await recheckOwnership(deps, input);
    await recheckChains(deps, input);
    await watchSetOffs(deps, input.connection);
    for (const key of await openKeys(deps.store.db, input.connection, 'journal-unapproved')) await startPayout(deps, input, key, tryAgain);
    return { started, told };
  };
}

/** Settlements that nobody owned, or that were another's, as the configuration was: it may have changed since. */
async function recheckOwnership(deps: Dependencies, input: { connection: string; policy: ActivityPolicy }): Promise<void> {
  const { db } = deps.store;
  await resolveListed(deps, db, input.connection);
  for (const settlement of await settlementsLeftAlone(db, input.connection)) {
    if ((await ownershipFor(deps, input.connection, settlement)).kind === 'left-alone') continue;
    await setSettlementState(db, input.connection, settlement.settlementId, 'staged');
    await startPayout(deps, input, settlement.settlementId, reportFound);
  }
  for (const settlementId of await openKeys(db, input.connection, 'settlement-unassigned')) {
    const settlement = await loadSettlement(db, input.connection, settlementId);
    if (settlement && (await ownershipFor(deps, input.connection, settlement)).kind !== 'waits') await startPayout(deps, input, settlementId, tryAgain);
  }
}

async function signal(deps: Dependencies, connection: string, settlement: StoredSettlement, news: 'documents' | 'bank'): Promise<number> {
  const { settlementId, state } = settlement;
  // At work again until it is proven: nobody may take it for idle meanwhile.
  await setSettlementState(deps.store.db, connection, settlementId, 'posted');
  try {
    await deps.temporal.workflow.getHandle(payoutWorkflowId(connection, settlementId)).signal(news === 'documents' ? documentsPosted : bankLineSeen);
    return 1;
  } catch (error) {
    await setSettlementState(deps.store.db, connection, settlementId, state);
    if (error instanceof WorkflowNotFoundError) return 0;
    throw error;
  }
}
