import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { externalIdOf, memoStart } from '../../domain/identifiers/external-id.ts';
import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { hasPlan } from '../../domain/documents/document-plans.ts';
import type { PaymentPlan } from '../../domain/payouts/plan-applications.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { documentsOfSettlement, type DocumentIntent, type StoredDocument } from '../../store/documents/documents.ts';
import { redateUnsent } from '../../store/documents/unsent.ts';
import { applicationsOf, markApplied } from '../../store/payouts/applications.ts';
import type { Connection } from '../connection.ts';
import { postTaxCorrections } from '../tax/post-tax-corrections.ts';
import { postDocument } from '../posting/post-document.ts';
import { accountReference, commonFields, currencyReference, customerReference } from '../posting/references.ts';
import type { ApplyResult, PayoutRef } from '../../contracts/payouts/payout-activities.ts';
import { isForgotten, resumePayout, stopPayout } from './payout-setup.ts';
import { lastJournalPart, planPayments } from './plan-payments.ts';
import { postVariances } from './post-variances.ts';
import { raiseDifferences } from './raise-differences.ts';
import { settleRoundings } from './settle-roundings.ts';

/**
 * Applies the payout: Customer Payments over its invoices, Customer Refunds over its credit memos, each gross and against
 * clearing, corrections of their tax among them; then differences of rounding, and those that people have decided, go to `variance`. Documents that come later are applied as
 * the next part. Idempotent: the parts are written down before the first call; posted by `AMZ_…_PAY_{settlementId}_{part}`
 * and `AMZ_…_RFD_{settlementId}_{part}`.
 */
export async function applyPayout(connection: Connection, input: PayoutRef): Promise<ApplyResult> {
  const setup = await resumePayout(connection, input, 'works');
  if (isForgotten(setup)) return { result: 'done', applied: 0, left: 0 };
  const { db } = connection;
  const corrected = await postTaxCorrections(setup);
  if (corrected.result === 'stopped') return stopPayout(setup, corrected);
  await settleRoundings(setup);
  await planPayments(setup);
  const documents = await documentsOfSettlement(db, connection.name, input.settlementId);
  const parts = documents
    .filter((document) => hasPlan(document, 'payment'))
    .sort((a, b) => a.key.part - b.key.part || (a.externalId < b.externalId ? -1 : 1));
  const applied = new Set(
    (await applicationsOf(db, connection.name, input.settlementId))
      .filter((application) => application.applied)
      .map(({ payment }) => payment),
  );
  const journal = lastJournalPart(documents);
  const rate = parts.some((part) => !applied.has(part.externalId)) ? await journalRate(setup.connection, journal) : {};
  for (const document of parts) {
    if (applied.has(document.externalId)) continue;
    const stored = document.plan;
    // Written down while the connection only planned: the journal may have been booked on another day since.
    if (journal) await redateUnsent(db, document.externalId, journal);
    const posting = await postDocument(connection, document, async (dated) => ({
      kind: 'create',
      body: await applicationBody(setup.connection, document, stored, { ...dated, ...rate }),
    }));
    if (posting.result === 'planned') return { result: 'planned' };
    if (posting.result === 'stopped') return stopPayout(setup, posting);
    // Posted is not applied: an update that was lost is made up for when this runs again.
    if (stored.kind === 'PAY') await ensureApplied(setup.connection, posting.netsuiteId, document, stored);
    await markApplied(db, connection.name, document.externalId);
  }
  const booked = await postVariances(setup);
  if (booked.result === 'stopped') return stopPayout(setup, booked);
  await raiseDifferences(setup);
  const shares = await applicationsOf(db, connection.name, input.settlementId);
  return {
    result: 'done',
    applied: shares.filter((share) => share.applied).length,
    left: shares.filter((share) => !share.applied).length,
  };
}

/** Payments and refunds are booked at the rate of the journal whose clearing they empty, so that no exchange difference arises between them. */
async function journalRate(connection: Connection, journal: StoredDocument | null): Promise<JsonObject> {
  if (journal === null) return {};
  const [row] = await connection.netsuite.suiteql('SELECT exchangerate FROM transaction WHERE externalid = ?', [
    journal.externalId,
  ]);
  return row?.['exchangerate'] === undefined ? {} : { exchangeRate: decimal(row['exchangerate']) };
}

function applyLines(intent: DocumentIntent, stored: PaymentPlan): JsonObject {
  return {
    items: stored.applications.map(({ netsuiteId, amount }) => ({
      doc: { id: netsuiteId },
      line: 0,
      apply: true,
      amount: decimal(formatMinor(amount, intent.currency)),
    })),
  };
}

async function applicationBody(
  connection: Connection,
  intent: DocumentIntent,
  stored: PaymentPlan,
  periodAndRate: JsonObject,
): Promise<JsonObject> {
  const [customer, currency, receivable, clearing, common] = await Promise.all([
    customerReference(connection, stored.marketplace),
    currencyReference(connection, intent.currency),
    accountReference(connection, 'receivable', intent.currency),
    accountReference(connection, 'clearing', intent.currency),
    commonFields(connection, recordTypeOf(stored.kind)),
  ]);
  return {
    externalId: externalIdOf(intent.key),
    customer,
    currency,
    ...periodAndRate,
    memo: memoStart(intent.key),
    arAcct: { id: receivable.id },
    account: { id: clearing.id },
    // A refund has none of these fields (RB26.1 schemas/customerRefund): with property validation on `error` each would be a 400.
    ...(stored.kind === 'PAY'
      ? { undepFunds: { id: 'F' }, autoApply: false, payment: decimal(formatMinor(intent.total, intent.currency)) }
      : {}),
    ...common,
    apply: applyLines(intent, stored),
  };
}

/** Some accounts leave the apply lines out at creation: they are set by one update and read back. */
async function ensureApplied(
  connection: Connection,
  netsuiteId: string,
  intent: DocumentIntent,
  stored: PaymentPlan,
): Promise<void> {
  if (await isApplied(connection, netsuiteId)) return;
  const outcome = await connection.netsuite.patch(recordTypeOf('PAY'), netsuiteId, {
    apply: applyLines(intent, stored),
  });
  if (outcome.outcome !== 'posted' || !(await isApplied(connection, netsuiteId))) {
    throw new Error(`${externalIdOf(intent.key)} stays unapplied in NetSuite (${outcome.outcome})`);
  }
}

async function isApplied(connection: Connection, netsuiteId: string): Promise<boolean> {
  const payment = await connection.netsuite.get(recordTypeOf('PAY'), netsuiteId, { numbersAsText: true });
  return payment !== null && /^0(\.0+)?$/.test(String(payment['unapplied'] ?? '0'));
}
