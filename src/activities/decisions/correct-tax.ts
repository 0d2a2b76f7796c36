import { settlingOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { leftToApply, type DocumentStanding } from '../../domain/payouts/document-standing.ts';
import { collectorFound, type CollectorFound } from '../../domain/tax/collector-differs.ts';
import { planTaxCorrection, whereItIs, type Corrected, type TaxCorrectionPlan } from '../../domain/tax/correct-tax.ts';
import { refundPlanOf } from '../../domain/documents/document-plans.ts';
import { taxesAsMoved } from '../../domain/tax/moved-facts.ts';
import type { Database } from '../../store/database.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { documentsOfOrder, loadDocument, planDocument, type DocumentIntent } from '../../store/documents/documents.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/documents/sales-documents.ts';
import { markDecided, openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { dropUnpaid, paidOf, planApplication } from '../../store/payouts/applications.ts';
import { standingsOf } from '../../store/payouts/differences.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import { loadSettlement, setSettlementState } from '../../store/payouts/settlements.ts';
import { lastCorrection } from '../../store/tax/corrections.ts';
import { movesOfOrders } from '../../store/tax/tax-moves.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';
import type { CorrectTax } from '../../contracts/decisions/tax-decisions.ts';
import { differenceSettled } from '../../contracts/payouts/payout.ts';
import type { Connection } from '../connection.ts';
import { orderIntent } from '../orders/order-intent.ts';
import { taxesProven } from '../tax/tax-differences.ts';
import { isCorrectable, taxesBilled } from '../tax/taxes-of-order.ts';
import { startPayout } from '../wake-payout.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * Takes a person's word that the tax of a document is owed by whom its rows say: a credit memo, or an invoice, of the tax
 * alone is written down, dated the decision, and the payout posts it and goes on. Idempotent: a second run finds what was
 * decided, by whom and when.
 */
export async function decideCorrectTax(
  connection: Connection,
  { decision, policy }: Deciding<CorrectTax>,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const settlementId = (await openExceptionOf(db, name, 'tax-collector-differs', decision.document))?.payout ?? null;
  const at = await connection.now();
  const taken =
    settlementId === null
      ? null
      : await aloneOnSettlement(db, name, settlementId, (tx) => take(tx, connection, settlementId, decision, at));
  if (taken === null) return decidedBefore(connection, policy, decision);
  return { ...taken, released: await tell(connection, policy, settlementId!) };
}

/** Null when another attempt took it meanwhile. */
async function take(
  tx: Database,
  connection: Connection,
  settlementId: string,
  { document: externalId, by, why }: CorrectTax,
  at: string,
): Promise<Omit<DecisionResult, 'released'> | null> {
  const { name } = connection;
  const [document] = await salesDocumentsByExternalId(tx, name, [externalId]);
  if (document === undefined || (await lastCorrection(tx, name, externalId)) !== null) return null;
  const standing = (await standingsOf(tx, name, [document])).get(externalId)!;
  const tax = (await taxesProven(tx, connection, [document])).get(externalId);
  const found = tax === undefined ? null : collectorFound(standing, tax);
  if (found === null) return null;
  const plan = await planOf(tx, connection, document, found, at);
  const { currency, total } = plan;
  if (!(await isCorrectable(tx, name, document, found)))
    throw refuseDecision(
      'TAX_REFUSED',
      `${found.owedBy === 'seller' ? `The sale of order ${document.orderId} carries less than ${renderMoney(found.amount, currency)} of the seller's tax, so its refund gives none of that back` : `Refunds of order ${document.orderId} have given back of the ${renderMoney(found.amount, currency)} before, so taking it off would give it back twice`}: npx tieout settle-difference ${externalId} leave --why "…" leaves it on sales-tax-payable.`,
    );
  await planDocument(tx, { key: plan.key, total, ...orderIntent(plan) } as DocumentIntent<'bill' | 'credit'>);
  await payWhole(tx, name, settlementId, document, standing);
  const correction = externalIdOf(plan.key);
  const amount = formatMinor(total, currency);
  const detail = { document: externalId, settlementId, owedBy: found.owedBy, correction, amount, currency };
  const audit = await recordAudit(tx, name, { action: 'correct-tax', detail, by, why, at });
  const until = `corrected by ${by}; it ends when the payout has posted ${correction}`;
  await markDecided(tx, name, 'tax-collector-differs', externalId, until);
  // At work again until it is proven.
  await setSettlementState(tx, name, settlementId, 'works');
  return {
    audit,
    choice: found.owedBy,
    detail: `${renderMoney(total, currency)} of tax of ${externalId} are owed by ${found.owedBy === 'amazon' ? 'Amazon' : 'the seller'}: ${correction}`,
  };
}

async function planOf(
  tx: Database,
  connection: Connection,
  { externalId, purpose, orderId, total, marketplaceId, marketplaceName }: SalesDocument,
  found: CollectorFound,
  at: string,
): Promise<TaxCorrectionPlan> {
  const stored = await loadDocument(tx, externalId);
  if (stored === null || !('lines' in stored.plan)) throw new Error(`bug: ${externalId} has no lines`);
  const { plan } = stored;
  const { name, settings } = connection;
  const isRefund = refundPlanOf(stored) !== null;
  const documents = await documentsOfOrder(tx, name, orderId);
  const moves = await movesOfOrders(tx, name, [orderId]);
  const own = 'taxes' in plan ? (plan.taxes ?? []) : [];
  // Of a refund it stays where its memo has it: what is moved of it is no sale's.
  const moved = isRefund
    ? own
    : taxesAsMoved(taxesBilled(documents), moves, { orderId, currency: stored.currency, keepsRate: true });
  const marketplace = marketplaceId ?? marketplaceName;
  const corrected: Corrected = {
    externalId,
    key: { ...stored.key, purpose },
    orderId,
    currency: stored.currency,
    marketplace,
    total,
    lines: plan.lines as Corrected['lines'],
    linesAreCredit: 'invoice' in plan && plan.invoice != null,
    taxes: own,
  };
  const day = dayIn(at, timeZoneOf(settings, marketplace));
  return planTaxCorrection(whereItIs(corrected, moved), found, day, taxPolicyOf(settings, marketplace).jurisdiction);
}

/** Of a document that a payment holds in part: what is left of it is applied, too. One that none holds is planned anew by its rows. */
async function payWhole(
  tx: Database,
  connection: string,
  settlementId: string,
  { externalId, purpose }: SalesDocument,
  standing: DocumentStanding,
): Promise<void> {
  const paid = (await paidOf(tx, connection, [externalId])).get(externalId) ?? 0n;
  const amount = leftToApply(standing, paid, 'variance');
  if (paid === 0n || amount <= 0n) return;
  await dropUnpaid(tx, connection, settlementId, externalId);
  await planApplication(
    tx,
    connection,
    settlementId,
    { document: externalId, kind: settlingOf(purpose), amount },
    'decision',
  );
}

/** The answer was lost, or somebody was quicker; without either there is nothing to decide. */
async function decidedBefore(
  connection: Connection,
  policy: ActivityPolicy,
  { document }: CorrectTax,
): Promise<DecisionResult> {
  const { db, name } = connection;
  const before = await lastCorrection(db, name, document);
  if (before === null)
    throw refuseDecision('DIFFERENCE_UNKNOWN', `The tax of ${document} differs from no rows that settle it.`);
  const { audit, by, at, settlementId } = before;
  const released = await tell(connection, policy, settlementId);
  return { audit, released, choice: 'corrected', detail: `the tax of ${document} was corrected`, already: { by, at } };
}

/** Also where its workflow was lost: it begins again. */
async function tell(connection: Connection, policy: ActivityPolicy, settlementId: string): Promise<number> {
  const settlement = await loadSettlement(connection.db, connection.name, settlementId);
  if (settlement === null) return 0;
  await startPayout(connection, policy, settlement, differenceSettled);
  return 1;
}
