import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import { documentsPosted } from '../../contracts/payouts/payout.ts';
import { settlementsOfDocuments } from '../../store/payouts/applications.ts';
import { loadSettlement } from '../../store/payouts/settlements.ts';
import type { Connection } from '../connection.ts';
import { wakePayout } from '../wake-payout.ts';

/** Payouts that stand on documents, their own and those that they settle, are proven anew, those that were tied among them. */
export async function wakePayoutsOf(
  connection: Connection,
  policy: ActivityPolicy,
  documents: readonly { externalId: string; settlementId: string | null }[],
): Promise<void> {
  const { db, name } = connection;
  const settled = await settlementsOfDocuments(
    db,
    name,
    documents.map(({ externalId }) => externalId),
  );
  const touched = documents.flatMap(({ externalId, settlementId }) => [
    ...(settlementId === null ? [] : [settlementId]),
    ...(settled.get(externalId) ?? []),
  ]);
  for (const settlementId of new Set(touched)) {
    const settlement = await loadSettlement(db, name, settlementId);
    if (settlement !== null && settlement.purgedAt === null)
      await wakePayout(connection, policy, settlement, documentsPosted);
  }
}
