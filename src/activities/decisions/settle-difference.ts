import { settlingOf } from '../../domain/documents/document-kinds.ts';
import { accountOf } from '../../config/connection.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import { differenceOf, isDecided, leftToApply, type DocumentStanding } from '../../domain/payouts/document-standing.ts';
import { usedNumbers } from '../../domain/matching/plan-movement-documents.ts';
import type { Database } from '../../store/database.ts';
import { usedEntries } from '../../store/payouts/movements.ts';
import { differencesOf, lastDecisionOn, recordDifference, standingsOf } from '../../store/payouts/differences.ts';
import { recordAudit } from '../../store/audit/audit-log.ts';
import { markDecided, openExceptionOf } from '../../store/exceptions/exceptions.ts';
import { dropUnpaid, paidOf, planApplication } from '../../store/payouts/applications.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/documents/sales-documents.ts';
import { isCorrection, lastCorrection } from '../../store/tax/corrections.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import { loadSettlement, setSettlementState } from '../../store/payouts/settlements.ts';
import type { ActivityPolicy } from '../../contracts/activity-policy.ts';
import type { DecisionResult, SettleDifference } from '../../contracts/decisions/decisions.ts';
import { differenceSettled } from '../../contracts/payouts/payout.ts';
import type { Connection } from '../connection.ts';
import { collectorFound } from '../../domain/tax/collector-differs.ts';
import { taxesProven } from '../tax/tax-differences.ts';
import { isCorrectable } from '../tax/taxes-of-order.ts';
import { startPayout } from '../wake-payout.ts';
import { leaveAlteredDocument } from './leave-altered.ts';
import { settlePayout } from './settle-payout.ts';
import { refuseDecision } from './refuse-decision.ts';
import type { Deciding } from '../../contracts/decisions/decision-activities.ts';

type DocumentDecision = SettleDifference & { document: string };

interface OpenDifference {
  code: 'document-differs' | 'tax-collector-differs';
  document: SalesDocument;
  standing: DocumentStanding;
  settlementId: string;
  currency: string;
}

/**
 * Takes a person's decision about a document that was settled for more or less than it is: `variance` applies what is
 * open of it and books the difference there, `leave` accepts it as it is; tax that nobody withheld and that the document does not
 * carry is left on `sales-tax-payable`, with the document applied in full. Its payout goes on from there. Idempotent: a
 * second run finds nothing open and answers what was decided.
 */
export async function decideDifference(
  connection: Connection,
  { decision: asked, policy }: Deciding<SettleDifference>,
): Promise<DecisionResult> {
  const { document, settlementId: payout, ...choice } = asked;
  if (payout !== undefined) return settlePayout(connection, policy, { ...choice, settlementId: payout });
  const { db } = connection;
  const at = await connection.now();
  const decision: DocumentDecision = { ...choice, document: document! };
  const left = choice.choice === 'leave' ? await leaveAlteredDocument(connection, policy, decision, at) : null;
  if (left !== null) return left;
  const open = await openDifference(db, connection.name, decision.document);
  const taken =
    open === null
      ? null
      : await aloneOnSettlement(db, connection.name, open.settlementId, (tx) => take(tx, connection, decision, at));
  if (taken === null) return decidedBefore(connection, policy, decision);
  const { settlementId, ...result } = taken;
  return { ...result, released: await tell(connection, policy, settlementId), choice: decision.choice };
}

/** Null when another attempt took it meanwhile. */
async function take(
  tx: Database,
  connection: Connection,
  decision: DocumentDecision,
  at: string,
): Promise<{ settlementId: string; audit: number; detail: string } | null> {
  const open = await openDifference(tx, connection.name, decision.document);
  if (open === null) return null;
  const { code, document, standing, settlementId, currency } = open;
  const amount = differenceOf(standing);
  const ofCorrection = await isCorrection(tx, decision.document);
  const isTax = code === 'tax-collector-differs' || ofCorrection;
  if (ofCorrection) refuseVariance(amount, open, decision);
  else if (isTax) await requireLeft(tx, connection, open, decision);
  const books = isTax || (decision.choice === 'variance' && amount !== 0n);
  if (books && !isTax) requireVariance(connection, currency);
  const taken = await differencesOf(tx, connection.name, settlementId);
  const audit = await recordAudit(tx, connection.name, {
    action: 'settle-difference',
    detail: { document: decision.document, choice: decision.choice, amount: formatMinor(amount, currency) },
    by: decision.by,
    why: decision.why,
    at,
  });
  const left = leftToApply(
    standing,
    (await paidOf(tx, connection.name, [decision.document])).get(decision.document) ?? 0n,
    isTax ? 'variance' : decision.choice,
  );
  if (left > 0n) {
    await dropUnpaid(tx, connection.name, settlementId, decision.document);
    await planApplication(
      tx,
      connection.name,
      settlementId,
      { document: decision.document, kind: settlingOf(document.purpose), amount: left },
      'decision',
    );
  }
  await recordDifference(tx, connection.name, {
    settlementId,
    document: decision.document,
    ordinal: taken.filter((known) => known.document === decision.document).length + 1,
    number: books ? usedNumbers(await usedEntries(tx, connection.name, settlementId)).variance + 1 : null,
    choice: decision.choice,
    amount,
    by: decision.by,
    why: decision.why,
    audit,
    at,
  });
  await markDecided(
    tx,
    connection.name,
    code,
    decision.document,
    `${decision.choice} by ${decision.by}; it ends when the payout has ${books ? 'booked it' : 'been proven'}`,
  );
  // At work again until it is proven.
  await setSettlementState(tx, connection.name, settlementId, 'works');
  return {
    settlementId,
    audit,
    detail: `${renderMoney(amount, currency)} of ${decision.document} ${isTax ? 'of tax go to sales-tax-payable' : books ? 'go to variance' : 'stay as they are'}`,
  };
}

async function openDifference(db: Database, connection: string, externalId: string): Promise<OpenDifference | null> {
  const exception =
    (await openExceptionOf(db, connection, 'document-differs', externalId)) ??
    (await openExceptionOf(db, connection, 'tax-collector-differs', externalId));
  const settlement = exception?.payout ? await loadSettlement(db, connection, exception.payout) : null;
  const [document] = await salesDocumentsByExternalId(db, connection, [externalId]);
  if (exception === null || settlement === null || document === undefined) return null;
  const standing = (await standingsOf(db, connection, [document])).get(externalId)!;
  const { settlementId, currency } = settlement;
  const code = exception.code === 'document-differs' ? exception.code : 'tax-collector-differs';
  return isDecided(standing) ? null : { code, document, standing, settlementId, currency };
}

/** Tax goes to no variance. What Amazon withheld is not there, and can be left only where refunds have given it back before. */
async function requireLeft(
  tx: Database,
  connection: Connection,
  { document, standing, currency }: OpenDifference,
  { choice }: DocumentDecision,
): Promise<void> {
  const { externalId } = document;
  const taxes = (await taxesProven(tx, connection, [document])).get(externalId);
  const found = taxes === undefined ? null : collectorFound(standing, taxes);
  const isCorrected = (await lastCorrection(tx, connection.name, externalId)) !== null;
  if (found === null || isCorrected)
    throw refuseDecision('TAX_REFUSED', `The tax of ${externalId} is decided already, or its rows are others by now.`);
  const tax = renderMoney(found.amount, currency);
  if (found.owedBy === 'amazon' && (await isCorrectable(tx, connection.name, document, found)))
    throw refuseDecision(
      'TAX_REFUSED',
      `Amazon withheld the ${tax} of tax that ${externalId} carries: there is nothing to settle or leave. npx tieout correct-tax ${externalId} --why "…" takes it off.`,
    );
  refuseVariance(found.amount, { document, currency }, { choice });
}

/** @throws ApplicationFailure `TAX_REFUSED` */
function refuseVariance(
  amount: bigint,
  { document: { externalId }, currency }: Pick<OpenDifference, 'document' | 'currency'>,
  { choice }: Pick<DocumentDecision, 'choice'>,
): void {
  if (choice === 'variance')
    throw refuseDecision(
      'TAX_REFUSED',
      `The ${renderMoney(amount, currency)} by which ${externalId} differs are tax, and no variance: leave keeps them on sales-tax-payable.`,
    );
}

/** The answer was lost, or somebody was quicker; without either there is nothing to decide. */
async function decidedBefore(
  connection: Connection,
  policy: ActivityPolicy,
  { document, choice }: DocumentDecision,
): Promise<DecisionResult> {
  const known = await lastDecisionOn(connection.db, connection.name, document);
  if (known?.choice !== choice) throw refuseDecision('DIFFERENCE_UNKNOWN', `No difference is open on ${document}.`);
  return {
    audit: known.audit,
    released: await tell(connection, policy, known.settlementId),
    choice,
    detail: `${document} was decided before`,
  };
}

function requireVariance(connection: Connection, currency: string): void {
  try {
    accountOf(connection.settings, 'variance', currency);
  } catch {
    throw refuseDecision(
      'ACCOUNT_MISSING',
      `The connection ${connection.name} names no account for the role variance in ${currency}.`,
    );
  }
}

/** Also where its workflow was lost: it begins again. */
async function tell(connection: Connection, policy: ActivityPolicy, settlementId: string): Promise<number> {
  const settlement = await loadSettlement(connection.db, connection.name, settlementId);
  if (settlement === null) return 0;
  await startPayout(connection, policy, settlement, differenceSettled);
  return 1;
}
