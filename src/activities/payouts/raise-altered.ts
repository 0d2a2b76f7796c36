import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { exceptionsOfPayout, openKeys } from '../../store/exceptions/exceptions.ts';
import type { PayoutSetup } from './payout-setup.ts';

/**
 * What was posted and altered in NetSuite since, raised as any document that differs; over once NetSuite holds it as it
 * was posted.
 *
 * @param altered sentences by external id
 * @param posted what was looked at: what else differs has never been posted, and ends with its posting
 */
export async function raiseAltered(
  { connection, settlement }: PayoutSetup,
  altered: ReadonlyMap<string, string>,
  posted: ReadonlySet<string>,
): Promise<void> {
  const { db } = connection;
  const { name } = connection;
  const { settlementId, total, currency } = settlement;
  const swept = new Set(await openKeys(db, name, 'document-altered'));
  for (const [externalId, what] of altered) {
    // Found by the daily sweep first: one exception a cause.
    if (swept.has(externalId)) continue;
    await connection.raise({
      code: 'document-differs',
      key: externalId,
      subject: payoutSubject(settlementId),
      evidence: { what, atStake: total, currency },
      remedy: {
        kind: 'try-again',
        first: `Put ${externalId} back in NetSuite as it was (System Notes there say who changed it; a document that was deleted is entered again under this external id)`,
        of: 'payout',
        id: settlementId,
      },
    });
  }
  for (const { code, key, remedy } of await exceptionsOfPayout(db, name, settlementId)) {
    if (code === 'document-differs' && remedy.kind === 'try-again' && posted.has(key) && !altered.has(key))
      await connection.resolve(code, key, 'NetSuite holds it as it was posted');
  }
}
