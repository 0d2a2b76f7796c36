import { provesPrices } from '../../config/tax-policy.ts';
import { marketplaceOf } from '../../config/time-zone.ts';
import { payoutSubject, type RaisedException } from '../../domain/exceptions/exception.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { differenceOf, isDecided, settledNet, type DocumentStanding } from '../../domain/payouts/document-standing.ts';
import { collectorFound } from '../../domain/tax/collector-differs.ts';
import { documentsTouched, settlementsTouching, standingsOf } from '../../store/payouts/differences.ts';
import { isCorrection } from '../../store/tax/corrections.ts';
import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/documents/sales-documents.ts';
import type { Connection } from '../connection.ts';
import { judgePrices } from '../tax/judge-prices.ts';
import { collectorDiffers, raiseSplits, taxesProven } from '../tax/tax-differences.ts';
import { isCorrectable } from '../tax/taxes-of-order.ts';
import { wakeIfRunning } from '../wake-payout.ts';
import type { PayoutSetup } from './payout-setup.ts';

type DifferenceCode = 'document-differs' | 'tax-collector-differs';

/**
 * Settled for more or for less than the document: raised either way; the payout is not tied until a person has decided. Off by
 * exactly the tax it is raised as that, and ends by another decision.
 */
export async function raiseDifferences(setup: PayoutSetup): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection;
  const documents = await salesDocumentsByExternalId(
    connection.db,
    name,
    await documentsTouched(connection.db, name, settlement.settlementId),
  );
  const standings = await standingsOf(connection.db, name, documents);
  const taxes = await taxesProven(connection.db, connection, documents);
  const codes: DifferenceCode[] =
    taxes.size === 0 ? ['document-differs'] : ['document-differs', 'tax-collector-differs'];
  for (const document of documents) {
    const standing = standings.get(document.externalId)!;
    const tax = taxes.get(document.externalId);
    if (isDecided(standing)) {
      for (const code of codes) await end(setup, code, document, 'settled for just its amount');
      continue;
    }
    const found = tax === undefined ? null : collectorFound(standing, tax);
    const correctable = found === null || (await isCorrectable(connection.db, name, document, found));
    const raised =
      found === null
        ? documentDiffers(setup, document, standing, await isCorrection(connection.db, document.externalId))
        : collectorDiffers(setup, document, standing, found, correctable);
    for (const code of codes.filter((one) => one !== raised.code))
      await connection.resolve(code, document.externalId, `it is ${raised.code} now`);
    await connection.raise(raised);
  }
  await raiseSplits(setup, documents, standings, taxes);
  await judgeSettled(connection, documents);
}

/** What was settled now may prove how its marketplace's prices are read, or stop it. */
async function judgeSettled(connection: Connection, documents: readonly SalesDocument[]): Promise<void> {
  const { settings } = connection;
  const named = documents.map(({ marketplaceId, marketplaceName }) => marketplaceId ?? marketplaceName);
  for (const id of new Set(named.map((marketplace) => marketplaceOf(settings, marketplace).id)))
    if (provesPrices(settings, id)) await judgePrices(connection, id);
}

async function end(
  { connection, settlement }: PayoutSetup,
  code: DifferenceCode,
  { externalId }: SalesDocument,
  resolution: string,
): Promise<void> {
  const { db, name } = connection;
  const held = await openExceptionOf(db, name, code, externalId);
  await connection.resolve(code, externalId, resolution);
  if (held === null) return;
  // It held each payout that settles some of it, and names one of them: the others are proven again.
  for (const payout of new Set([held.payout, ...(await settlementsTouching(db, name, externalId))]))
    if (payout !== null && payout !== settlement.settlementId) await wakeIfRunning(connection, payout);
}

function documentDiffers(
  { settlement: { settlementId, currency } }: PayoutSetup,
  { externalId, orderId }: SalesDocument,
  standing: DocumentStanding,
  ofCorrection: boolean,
): RaisedException {
  return {
    code: 'document-differs',
    key: externalId,
    subject: payoutSubject(settlementId),
    evidence: {
      what: sentenceOf(externalId, standing, currency),
      atStake: -differenceOf(standing),
      currency,
    },
    remedy: {
      kind: 'settle-difference',
      first: `Compare order ${orderId} with its rows`,
      document: externalId,
      // All of it is tax.
      ...(ofCorrection ? { choice: 'leave' as const } : {}),
    },
  };
}

function sentenceOf(externalId: string, standing: DocumentStanding, currency: string): string {
  const total = renderMoney(standing.total, currency);
  if (differenceOf(standing) !== 0n)
    return `${externalId} is ${total} and Amazon settled ${renderMoney(settledNet(standing), currency)}`;
  return `${externalId} is settled for its ${total} and payments hold ${renderMoney(standing.applied, currency)}: the report that they were made from was issued again`;
}
