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
import type { Connection } from '../connection.ts';
import { recheckChains } from '../payouts/check-chains.ts';
import { resolveListed } from '../payouts/leave-alone.ts';
import { isNew, judgeStoredMovements, linkReturnedRows, toldOfMovements } from '../payouts/read-movements.ts';
import { ownershipFor } from '../payouts/settlement-ownership-for.ts';
import { watchSetOffs } from '../payouts/watch-set-offs.ts';
import { reopenPayout, startPayout, wakePayout } from '../wake-payout.ts';
import type { Telling } from '../../contracts/activity-inputs.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { lookAgain } from '../../contracts/try-again.ts';

/**
 * Starts the payout of each settlement whose report was found, or was issued again, and tells those that wait, or are tied,
 * when what they wait for, or what opens them again, has come. Idempotent: a payout that runs is not started twice, and
 * looks for itself when it is told.
 */
export async function tellPayouts(
  connection: Connection,
  { policy }: Telling,
): Promise<{ started: number; told: number }> {
  const { db } = connection;
  const live = connection.settings.posting === 'live';
  const reissued = await pendingRevisions(db, connection.name);
  const news = live ? await settlementsWithNews(connection) : new Set<string>();
  let started = 0;
  let told = 0;
  for (const settlement of await listSettlements(db, connection.name)) {
    const { settlementId, state } = settlement;
    if (state === 'found' || (live && state === 'planned') || reissued.has(settlementId)) {
      await startPayout(connection, policy, settlement, reportFound);
      started += 1;
    } else if (state === 'waits-documents' && (await documentsCame(db, connection.name, settlementId)))
      told += (await wakePayout(connection, policy, settlement, documentsPosted)) ? 1 : 0;
    else if (news.has(settlementId)) told += (await wakePayout(connection, policy, settlement, bankLineSeen)) ? 1 : 0;
  }
  await recheckOwnership(connection, policy);
  await recheckChains(connection, policy);
  await watchSetOffs(connection);
  for (const key of await openKeys(connection.db, connection.name, 'journal-unapproved'))
    await reopenPayout(connection, policy, key, lookAgain);
  return { started, told };
}

/** Settlements that nobody owned, or that were another's, as the configuration was: it may have changed since. */
async function recheckOwnership(connection: Connection, policy: ActivityPolicy): Promise<void> {
  const { db } = connection;
  await resolveListed(connection);
  for (const settlement of await settlementsLeftAlone(db, connection.name)) {
    if ((await ownershipFor(connection, settlement)).kind === 'left-alone') continue;
    await setSettlementState(db, connection.name, settlement.settlementId, 'staged');
    await reopenPayout(connection, policy, settlement.settlementId, reportFound);
  }
  for (const settlementId of await openKeys(db, connection.name, 'settlement-unassigned')) {
    const settlement = await loadSettlement(db, connection.name, settlementId);
    if (settlement && (await ownershipFor(connection, settlement)).kind !== 'waits')
      await reopenPayout(connection, policy, settlementId, lookAgain);
  }
}

/** Settlements with a movement of which something is new: a line, Amazon's word about its transfer, or a line that should have come by now. */
async function settlementsWithNews(connection: Connection): Promise<Set<string>> {
  const { db } = connection;
  const linked = await linkReturnedRows(db, connection);
  const told = await toldOfMovements(db, connection.name);
  return new Set([
    ...linked,
    ...(await judgeStoredMovements(db, connection, await connection.now()))
      .filter((news) => isNew(news, told))
      .map(({ movement }) => movement.settlementId),
  ]);
}
