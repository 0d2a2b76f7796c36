import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { findUnknown, isOfSettlement } from '../../domain/payouts/find-unknown.ts';
import { knownExternalIds } from '../../store/documents/documents.ts';
import type { PayoutSetup } from './payout-setup.ts';

/**
 * Documents of a settlement that NetSuite holds under our keys and the store has forgotten: a decision that was taken since
 * the backup. Taken once more the same way, it finds its document; else somebody removes that. Until then it holds the payout up.
 */
export async function raiseUnknownDocuments({
  connection,
  settlement: { settlementId, total, currency },
}: PayoutSetup): Promise<void> {
  const { db } = connection;
  const { name } = connection;
  const rows = await connection.netsuite.suiteql(
    'SELECT externalid FROM transaction WHERE externalid LIKE ? ORDER BY externalid',
    [`AMZ_${name}_%${settlementId}%`],
  );
  const held = rows
    .map((row) => row['externalid'] ?? null)
    .filter((externalId) => externalId !== null && isOfSettlement(externalId, settlementId));
  const known = await knownExternalIds(db, name, settlementId);
  const unknown = findUnknown(name, held, known);
  if (unknown.length === 0)
    return connection.resolve('document-unknown', settlementId, 'every document under its keys is known');
  await connection.raise({
    code: 'document-unknown',
    subject: payoutSubject(settlementId),
    evidence: {
      what: `NetSuite holds ${unknown.join(', ')}, of which Tieout knows nothing`,
      atStake: total,
      currency,
    },
    remedy: {
      kind: 'try-again',
      first:
        'Take the decision behind it once more (the audit record since the backup is lost; its memo says what it was), or delete it in NetSuite',
      of: 'payout',
      id: settlementId,
    },
  });
}
