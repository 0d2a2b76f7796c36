import { payoutSubject } from '../../domain/exceptions/exception.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { differenceOf, isDecided, settledNet, type DocumentStanding } from '../../domain/payouts/document-standing.ts';
import { documentsTouched, standingsOf } from '../../store/payouts/differences.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { salesDocumentsByExternalId } from '../../store/documents/sales-documents.ts';
import { wakeIfRunning } from '../wake-payout.ts';
import type { PayoutSetup } from './payout-setup.ts';

/** Settled for more or for less than the document: raised either way; the payout is not tied until a person has decided. */
export async function raiseDifferences({ connection, settlement }: PayoutSetup): Promise<void> {
  const { name } = connection;
  const documents = await salesDocumentsByExternalId(
    connection.db,
    name,
    await documentsTouched(connection.db, name, settlement.settlementId),
  );
  const standings = await standingsOf(connection.db, name, documents);
  for (const document of documents) {
    const standing = standings.get(document.externalId)!;
    if (isDecided(standing)) {
      const payout =
        (await openExceptionOf(connection.db, name, 'document-differs', document.externalId))?.payout ?? null;
      await connection.resolve('document-differs', document.externalId, 'settled for just its amount');
      // The rest of a shipment came with a later settlement: the payout that it held is proven again.
      if (payout !== null && payout !== settlement.settlementId) await wakeIfRunning(connection, payout);
      continue;
    }
    await connection.raise({
      code: 'document-differs',
      key: document.externalId,
      subject: payoutSubject(settlement.settlementId),
      evidence: {
        what: sentenceOf(document.externalId, standing, settlement.currency),
        atStake: -differenceOf(standing),
        currency: settlement.currency,
      },
      remedy: {
        kind: 'settle-difference',
        first: `Compare order ${document.orderId} with its rows`,
        document: document.externalId,
      },
    });
  }
}

function sentenceOf(externalId: string, standing: DocumentStanding, currency: string): string {
  const total = renderMoney(standing.total, currency);
  if (differenceOf(standing) !== 0n)
    return `${externalId} is ${total} and Amazon settled ${renderMoney(settledNet(standing), currency)}`;
  return `${externalId} is settled for its ${total} and payments hold ${renderMoney(standing.applied, currency)}: the report that they were made from was issued again`;
}
