import { documentsCame } from '../../store/payouts/payout-news.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { pendingRevisions } from '../../store/payouts/revisions.ts';
import {
  listSettlements,
  loadSettlement,
  setSettlementState,
  settlementsLeftAlone,
} from '../../store/payouts/settlements.ts';
import { bankLineSeen, documentsPosted, reportFound } from '../../contracts/payouts/payout.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { recheckChains } from '../payouts/check-chains.ts';
import { resolveListed } from '../payouts/leave-alone.ts';
import { isNew, judgeStoredMovements, linkReturnedRows, toldOfMovements } from '../payouts/read-movements.ts';
import { ownershipFor } from '../payouts/settlement-ownership-for.ts';
import { watchSetOffs } from '../payouts/watch-set-offs.ts';
import { reopenPayout, startPayout, wakePayout } from '../wake-payout.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import { tryAgain } from '../../contracts/try-again.ts';

/**
 * Starts the payout of each settlement whose report was found, or was issued again, and tells those that wait, or are tied,
 * when what they wait for, or what opens them again, has come. Idempotent: a payout that runs is not started twice, and
 * looks for itself when it is told.
 */
export function createTellPayouts(deps: Dependencies) {
  return async function tellPayouts(input: Telling): Promise<{ started: number; told: number }> {
    const { db } = deps.store;
    const connection = connectionOf(deps, input.connection);
    const live = connection.settings.posting === 'live';
    const reissued = await pendingRevisions(db, input.connection);
    const news = live ? await settlementsWithNews(deps, input.connection) : new Set<string>();
    let started = 0;
    let told = 0;
    for (const settlement of await listSettlements(db, input.connection)) {
      const { settlementId, state } = settlement;
      if (state === 'found' || (live && state === 'planned') || reissued.has(settlementId)) {
        await startPayout(deps, input, settlement, reportFound);
        started += 1;
      } else if (state === 'waits-documents' && (await documentsCame(db, input.connection, settlementId)))
        told += (await wakePayout(deps, input, settlement, documentsPosted)) ? 1 : 0;
      else if (news.has(settlementId)) told += (await wakePayout(deps, input, settlement, bankLineSeen)) ? 1 : 0;
    }
    await recheckOwnership(deps, input);
    await recheckChains(deps, input);
    await watchSetOffs(deps, input.connection);
    for (const key of await openKeys(deps.store.db, input.connection, 'journal-unapproved'))
      await reopenPayout(deps, input, key, tryAgain);
    return { started, told };
  };
}

/** Settlements that nobody owned, or that were another's, as the configuration was: it may have changed since. */
async function recheckOwnership(deps: Dependencies, input: Telling): Promise<void> {
  const { db } = deps.store;
  await resolveListed(deps, db, input.connection);
  for (const settlement of await settlementsLeftAlone(db, input.connection)) {
    if ((await ownershipFor(deps, input.connection, settlement)).kind === 'left-alone') continue;
    await setSettlementState(db, input.connection, settlement.settlementId, 'staged');
    await reopenPayout(deps, input, settlement.settlementId, reportFound);
  }
  for (const settlementId of await openKeys(db, input.connection, 'settlement-unassigned')) {
    const settlement = await loadSettlement(db, input.connection, settlementId);
    if (settlement && (await ownershipFor(deps, input.connection, settlement)).kind !== 'waits')
      await reopenPayout(deps, input, settlementId, tryAgain);
  }
}

/** Settlements with a movement of which something is new: a line, Amazon's word about its transfer, or a line that should have come by now. */
async function settlementsWithNews(deps: Dependencies, name: string): Promise<Set<string>> {
  const { db } = deps.store;
  const connection = connectionOf(deps, name);
  const linked = await linkReturnedRows(db, connection);
  const told = await toldOfMovements(db, name);
  return new Set([
    ...linked,
    ...(await judgeStoredMovements(db, connection, await deps.now()))
      .filter((news) => isNew(news, told))
      .map(({ movement }) => movement.settlementId),
  ]);
}
