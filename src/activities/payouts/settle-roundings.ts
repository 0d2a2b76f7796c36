import { settlingOf } from '../../domain/documents/document-kinds.ts';
import { formatMinor } from '../../domain/money/money.ts';
import {
  differenceOf,
  isDecided,
  isRounding,
  leftToApply,
  type DocumentStanding,
} from '../../domain/payouts/document-standing.ts';
import { LATE_TAX, ROUNDING } from '../../domain/payouts/settled-by.ts';
import { lateTaxes } from '../../domain/tax/collector-differs.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { differencesOf, documentsTouched, recordDifference, standingsOf } from '../../store/payouts/differences.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import { dropUnpaid, paidOf, planApplication } from '../../store/payouts/applications.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/documents/sales-documents.ts';
import { leftTaxOfOrders } from '../../store/payouts/left-tax.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import type { Database } from '../../store/database.ts';
import { taxesProven } from '../tax/tax-differences.ts';
import { accountNumberOf, type PayoutSetup } from './payout-setup.ts';

/**
 * What needs nobody's approval. Points and cash on delivery are in no shipments report, so an invoice has the order's share of
 * them, and Amazon may split a line's by one minor unit otherwise: the payment takes the invoice whole and the unit goes to
 * `variance`, by `rounding`, so that they can be counted. And tax of a sale of which nothing was known when the journal was built
 * (not that it went to where the seller owes tax) stands on `sales-tax-payable`; once its document carries it, the payment takes the
 * document whole and the tax goes from there to clearing. Idempotent: what is written down leaves no difference.
 */
export async function settleRoundings(setup: PayoutSetup): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection;
  // Without an account for it nothing is booked: the difference is raised as any other.
  const takesRoundings = accountNumberOf(connection, settlement.currency)('variance') !== null;
  const at = await connection.now();
  await aloneOnSettlement(connection.db, name, settlement.settlementId, async (tx) => {
    const documents = await salesDocumentsByExternalId(
      tx,
      name,
      await documentsTouched(tx, name, settlement.settlementId),
    );
    const standings = await standingsOf(tx, name, documents);
    const open = documents
      .filter(({ externalId }) => !isDecided(standings.get(externalId)!))
      .sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
    const late = await withLateTax(tx, setup, documents, open, standings);
    for (const document of open) {
      const standing = standings.get(document.externalId)!;
      if (late.has(document.externalId)) await settle(tx, setup, document, standing, { ...LATE, at });
      else if (takesRoundings && isRounding(standing, await sharesOf(tx, document)))
        await settle(tx, setup, document, standing, { ...ROUNDED, at });
    }
  });
}

const ROUNDED = {
  action: 'settle-rounding',
  by: ROUNDING,
  why: 'a share of points or cash on delivery that Amazon rounds otherwise',
} as const;
const LATE = {
  action: 'settle-late-tax',
  by: LATE_TAX,
  why: 'its tax was booked on sales-tax-payable before the document was known',
} as const;

/** External ids of documents that lack just their tax, where the journal of this settlement has it of their order on `sales-tax-payable`. */
async function withLateTax(
  tx: Database,
  { connection, settlement: { settlementId } }: PayoutSetup,
  documents: readonly SalesDocument[],
  open: readonly SalesDocument[],
  standings: ReadonlyMap<string, DocumentStanding>,
): Promise<Set<string>> {
  const taxes = await taxesProven(tx, connection, open);
  if (taxes.size === 0) return new Set();
  const left = await leftTaxOfOrders(
    tx,
    connection.name,
    settlementId,
    open.map(({ orderId }) => orderId),
  );
  const byId = new Map(documents.map((document) => [document.externalId, document]));
  const taken = (await differencesOf(tx, connection.name, settlementId)).flatMap(({ document, by, amount }) => {
    const of = byId.get(document);
    // Settled for less: what it lacked.
    return of === undefined || by !== LATE_TAX ? [] : [{ orderId: of.orderId, purpose: of.purpose, amount: -amount }];
  });
  return new Set(
    lateTaxes(
      open.map(({ externalId, orderId, purpose }) => ({
        externalId,
        orderId,
        purpose,
        standing: standings.get(externalId)!,
        tax: taxes.get(externalId)!,
      })),
      left,
      taken,
    ),
  );
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
  { action, by, why, at }: { action: string; by: string; why: string; at: string },
): Promise<void> {
  const { name } = connection;
  const { settlementId, currency } = settlement;
  const amount = differenceOf(standing);
  const taken = await differencesOf(tx, name, settlementId);
  const audit = await recordAudit(tx, name, {
    action,
    detail: { document: externalId, amount: formatMinor(amount, currency) },
    by,
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
    by,
    why,
    audit,
    at,
  });
}
