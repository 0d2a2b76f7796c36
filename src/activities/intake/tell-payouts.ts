import { documentsCame } from '../../store/payout-news.ts';
import { pendingRevisions } from '../../store/revisions.ts';
import { listSettlements } from '../../store/settlements.ts';
import type { ActivityPolicy } from '../../workflows/activity-policy.ts';
import { bankLineSeen, documentsPosted, reportFound } from '../../workflows/payouts/payout.contract.ts';
import { connectionOf, type Dependencies } from '../dependencies.ts';
import { isNew, judgeStoredMovements, linkReturnedRows, toldOfMovements } from '../payouts/read-movements.ts';
import { startPayout, wakePayout } from '../wake-payout.ts';

/**
 * Starts the payout of each settlement whose report was found, or was issued again, and tells those that wait, or are tied,
 * when what they wait for, or what opens them again, has come. Idempotent: a payout that runs is not started twice, and
 * looks for itself when it is told.
 */
export function createTellPayouts(deps: Dependencies) {
  return async function tellPayouts(input: { connection: string; policy: ActivityPolicy }): Promise<{ started: number; told: number }> {
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
      } else if (state === 'waits-documents' && (await documentsCame(db, input.connection, settlementId))) told += (await wakePayout(deps, input, settlement, documentsPosted)) ? 1 : 0;
      else if (news.has(settlementId)) told += (await wakePayout(deps, input, settlement, bankLineSeen)) ? 1 : 0;
    }
    return { started, told };
  };
}

/** Settlements with a movement of which something is new: a line, Amazon's word about its transfer, or a line that should have come by now. */
async function settlementsWithNews(deps: Dependencies, name: string): Promise<Set<string>> {
  const { db } = deps.store;
  const connection = connectionOf(deps, name);
  const linked = await linkReturnedRows(db, connection);
  const told = await toldOfMovements(db, name);
  return new Set([...linked, ...(await judgeStoredMovements(db, connection, await deps.now())).filter((news) => isNew(news, told)).map(({ movement }) => movement.settlementId)]);
}
