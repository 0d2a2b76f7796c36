import { settlingOf } from '../../domain/documents/document-kinds.ts';
import { formatMinor } from '../../domain/money/money.ts';
import {
  differenceOf,
  isDecided,
  isRounding,
  leftToApply,
  type DocumentStanding,
} from '../../domain/payouts/document-standing.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { differencesOf, documentsTouched, recordDifference, standingsOf } from '../../store/payouts/differences.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { dropUnpaid, paidOf, planApplication } from '../../store/payouts/applications.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/documents/sales-documents.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import type { Database } from '../../store/database.ts';
import { accountNumberOf, type PayoutSetup } from './payout-setup.ts';

export const ROUNDING = 'rounding';

/**
 * Points and cash on delivery are in no shipments report, so an invoice has the order's share of them, and Amazon may split
 * a line's by one minor unit otherwise: the payment takes the invoice whole and the unit goes to `variance`, which nobody
 * has to approve. Written down as any difference that was settled, by `rounding`, so that they can be counted.
 * Idempotent: what is written down leaves no difference.
 */
export async function settleRoundings(setup: PayoutSetup): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection;
  // Without an account for it nothing is booked: the difference is raised as any other.
  if (accountNumberOf(connection, settlement.currency)('variance') === null) return;
  const at = await connection.now();
  await aloneOnSettlement(connection.db, name, settlement.settlementId, async (tx) => {
    const documents = await salesDocumentsByExternalId(
      tx,
      name,
      await documentsTouched(tx, name, settlement.settlementId),
    );
    const standings = await standingsOf(tx, name, documents);
    for (const document of [...documents].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))) {
      const standing = standings.get(document.externalId)!;
      if (!isDecided(standing) && isRounding(standing, await sharesOf(tx, document)))
        await settle(tx, setup, document, standing, at);
    }
  });
}

async function sharesOf(tx: Database, { externalId }: SalesDocument): Promise<number> {
  const plan = (await loadDocument(tx, externalId))?.plan;
  return plan !== undefined && 'shares' in plan ? plan.shares : 0;
}

async function settle(
  tx: Database,
  { connection, settlement }: PayoutSetup,
  { externalId, purpose }: SalesDocument,
  standing: DocumentStanding,
  at: string,
): Promise<void> {
  const { name } = connection;
  const { settlementId, currency } = settlement;
  const amount = differenceOf(standing);
  const taken = await differencesOf(tx, name, settlementId);
  const why = 'a share of points or cash on delivery that Amazon rounds otherwise';
  const audit = await recordAudit(tx, name, {
    action: 'settle-rounding',
    detail: { document: externalId, amount: formatMinor(amount, currency) },
    by: ROUNDING,
    why,
    at,
  });
  const left = leftToApply(standing, (await paidOf(tx, name, [externalId])).get(externalId) ?? 0n, 'variance');
  if (left > 0n) {
    await dropUnpaid(tx, name, settlementId, externalId);
    await planApplication(
      tx,
      name,
      settlementId,
      { document: externalId, kind: settlingOf(purpose), amount: left },
      'decision',
    );
  }
  await recordDifference(tx, name, {
    settlementId,
    document: externalId,
    ordinal: taken.filter((known) => known.document === externalId).length + 1,
    number: Math.max(0, ...taken.map((known) => known.number ?? 0)) + 1,
    choice: 'variance',
    amount,
    by: ROUNDING,
    why,
    audit,
    at,
  });
}
