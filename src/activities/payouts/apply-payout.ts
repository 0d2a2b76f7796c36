import type { JsonObject } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { externalIdOf, memoStart } from '../../domain/identifiers/external-id.ts';
import { payoutWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { overApplied } from '../../domain/payouts/over-applied.ts';
import { partition, type ApplicationPart } from '../../domain/payouts/plan-applications.ts';
import { documentsOfSettlement, planDocument, type DocumentIntent } from '../../store/documents.ts';
import { raise, resolveException } from '../../store/exceptions.ts';
import { applicationsOf, assignPart, markApplied, settledOf } from '../../store/payouts.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/sales-documents.ts';
import type { Connection, Dependencies } from '../dependencies.ts';
import { postDocument } from '../posting/post-document.ts';
import { accountReference, commonFields, currencyReference, customerReference, periodFor } from '../posting/references.ts';
import { marketplaceOf } from '../time-zones.ts';
import type { ApplyResult } from './payout-results.ts';
import { loadPayout, settlementDay, stopPayout, type PayoutRef, type PayoutSetup } from './payout-setup.ts';

/** A payment or refund as it is kept in the outbox; never computed again. */
interface StoredApplicationPart { part: number; kind: 'PAY' | 'RFD'; marketplace: string; applications: { document: string; netsuiteId: string; amount: bigint }[] }

/**
 * Applies the payout: Customer Payments over its invoices, Customer Refunds over its credit memos, each gross and against
 * clearing. Documents that come later are applied as the next part. Idempotent: the parts are written down before the
 * first call; posted by `AMZ_…_PAY_{settlementId}_{part}` and `AMZ_…_RFD_{settlementId}_{part}`.
 */
export function createApplyPayout(deps: Dependencies) {
  return async function applyPayout(input: PayoutRef): Promise<ApplyResult> {
    const setup = await loadPayout(deps, input);
    await planParts(deps, setup);
    const parts = (await documentsOfSettlement(deps.store.db, input.connection, input.settlementId))
      .filter((document) => document.key.purpose === 'PAY' || document.key.purpose === 'RFD')
      .sort((a, b) => a.key.part - b.key.part || (a.key.purpose < b.key.purpose ? -1 : 1));
    const settled = new Set((await applicationsOf(deps.store.db, input.connection, input.settlementId)).filter((application) => application.applied).map(({ kind, part }) => `${kind} ${part}`));
    let applied = 0;
    for (const document of parts) {
      const stored = document.plan as StoredApplicationPart;
      applied += stored.applications.length;
      if (settled.has(`${stored.kind} ${stored.part}`)) continue;
      const period = await periodFor(setup.connection, document.date, true);
      if (!period.open && document.state !== 'posted') return stopPayout(deps, setup, { result: 'stopped', externalId: document.externalId, why: 'period', sentence: period.sentence });
      const posting = await postDocument(deps, document, async () => ({
        kind: 'create', type: document.recordType, body: await applicationBody(setup.connection, document, stored, period.open ? period.fields : {}),
      }));
      if (posting.result === 'planned') return { result: 'planned' };
      if (posting.result === 'stopped') return stopPayout(deps, setup, posting);
      // Posted is not applied: an update that was lost is made up for when this runs again.
      if (stored.kind === 'PAY') await ensureApplied(setup.connection, posting.netsuiteId, document, stored);
      await markApplied(deps.store.db, input.connection, input.settlementId, stored.kind, stored.part);
    }
    await raiseDifferences(deps, setup);
    const left = (await applicationsOf(deps.store.db, input.connection, input.settlementId)).filter((application) => !application.applied).length;
    return { result: 'done', applied, left };
  };
}

/** Cuts what is planned and not yet in a part into payments, one customer each, and writes them down together. */
async function planParts(deps: Dependencies, setup: PayoutSetup): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection.settings;
  const all = await applicationsOf(deps.store.db, name, settlement.settlementId);
  const unplanned = all.filter((application) => application.part === null);
  const known = new Map((await salesDocumentsByExternalId(deps.store.db, name, unplanned.map((application) => application.document))).map((document) => [document.externalId, document]));
  const settled = await settledOf(deps.store.db, name, unplanned.map((application) => application.document));
  // A document that is not open for its amount is left out (and raised with the differences).
  const open = unplanned.filter((application) => known.has(application.document) && !overApplied(known.get(application.document)!.total, settled.get(application.document) ?? 0n));
  const last = { PAY: lastPart(all, 'PAY'), RFD: lastPart(all, 'RFD') };
  const customers = new Map<string, { marketplace: string; applications: typeof open }>();
  for (const application of open) {
    const document = known.get(application.document)!;
    const marketplace = marketplaceOf(connection.settings, document.marketplaceId ?? document.marketplaceName);
    const group = customers.get(marketplace.customer) ?? { marketplace: marketplace.id, applications: [] };
    group.applications.push(application);
    customers.set(marketplace.customer, group);
  }
  for (const [, { marketplace, applications }] of [...customers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const part of partition(applications, connection.settings.limits.documentsPerPayment, last)) {
      last[part.kind] = part.part;
      await deps.store.db.transaction().execute(async (tx) => {
        await planDocument(tx, intentOf(setup, part, marketplace, known));
        await assignPart(tx, name, settlement.settlementId, part.applications.map((application) => application.document), part.part);
      });
    }
  }
}

function lastPart(applications: readonly { kind: string; part: number | null }[], kind: 'PAY' | 'RFD'): number {
  return Math.max(0, ...applications.filter((application) => application.kind === kind).map((application) => application.part ?? 0));
}

function intentOf(setup: PayoutSetup, part: ApplicationPart, marketplace: string, known: ReadonlyMap<string, SalesDocument>): DocumentIntent {
  const plan: StoredApplicationPart = {
    part: part.part, kind: part.kind, marketplace,
    applications: part.applications.map(({ document, amount }) => ({ document, amount, netsuiteId: known.get(document)!.netsuiteId })),
  };
  return {
    key: { connection: setup.connection.settings.name, purpose: part.kind, businessKey: setup.settlement.settlementId, part: part.part },
    recordType: part.kind === 'PAY' ? 'customerPayment' : 'customerRefund', date: settlementDay(setup), currency: setup.settlement.currency, total: part.total,
    orderId: null, settlementId: setup.settlement.settlementId, plan,
  };
}

function applyLines(intent: DocumentIntent, stored: StoredApplicationPart): JsonObject {
  return { items: stored.applications.map(({ netsuiteId, amount }) => ({ doc: { id: netsuiteId }, line: 0, apply: true, amount: decimal(formatMinor(amount, intent.currency)) })) };
}

async function applicationBody(connection: Connection, intent: DocumentIntent, stored: StoredApplicationPart, period: JsonObject): Promise<JsonObject> {
  const [customer, currency, receivable, clearing, common] = await Promise.all([
    customerReference(connection, stored.marketplace), currencyReference(connection, intent.currency), accountReference(connection, 'receivable', intent.currency),
    accountReference(connection, 'clearing', intent.currency), commonFields(connection, stored.kind === 'PAY' ? 'customerPayment' : 'customerRefund', false),
  ]);
  return {
    externalId: externalIdOf(intent.key), customer, currency, ...period, memo: memoStart(intent.key), arAcct: { id: receivable.id }, account: { id: clearing.id },
    // A refund has none of these fields (RB26.1 schemas/customerRefund): with property validation on `error` each would be a 400.
    ...(stored.kind === 'PAY' ? { undepFunds: { id: 'F' }, autoApply: false, payment: decimal(formatMinor(intent.total, intent.currency)) } : {}),
    ...common, apply: applyLines(intent, stored),
  };
}

/** Some accounts leave the apply lines out at creation: they are set by one update and read back. */
async function ensureApplied(connection: Connection, netsuiteId: string, intent: DocumentIntent, stored: StoredApplicationPart): Promise<void> {
  if (await isApplied(connection, netsuiteId)) return;
  const outcome = await connection.netsuite.patch('customerPayment', netsuiteId, { apply: applyLines(intent, stored) });
  if (outcome.outcome !== 'posted' || !(await isApplied(connection, netsuiteId))) {
    throw new Error(`${externalIdOf(intent.key)} stays unapplied in NetSuite (${outcome.outcome})`);
  }
}

async function isApplied(connection: Connection, netsuiteId: string): Promise<boolean> {
  const payment = await connection.netsuite.get('customerPayment', netsuiteId, { numbersAsText: true });
  return payment !== null && /^0(\.0+)?$/.test(String(payment['unapplied'] ?? '0'));
}

/** Settled for more or for less than the document: raised either way; the payout is not tied until a person has decided. */
async function raiseDifferences(deps: Dependencies, { connection, settlement }: PayoutSetup): Promise<void> {
  const { name } = connection.settings;
  const applications = await applicationsOf(deps.store.db, name, settlement.settlementId);
  const externalIds = applications.map((application) => application.document);
  const settled = await settledOf(deps.store.db, name, externalIds);
  const at = await deps.now();
  for (const document of await salesDocumentsByExternalId(deps.store.db, name, externalIds)) {
    const amount = settled.get(document.externalId) ?? 0n;
    if (amount === document.total) {
      await resolveException(deps.store.db, name, 'document-differs', document.externalId, 'settled for just its amount', at);
      continue;
    }
    const text = (minor: bigint) => formatMinor(minor, settlement.currency);
    await raise(deps.store.db, name, {
      code: 'document-differs', key: document.externalId, owner: 'finance',
      what: `${document.externalId} is ${text(document.total)} ${settlement.currency} and Amazon settled ${text(amount)}`,
      act: `Compare order ${document.orderId} with its rows, correct the document in NetSuite, then send tryAgain to ${payoutWorkflowId(name, settlement.settlementId)}`,
      atStake: document.total - amount, currency: settlement.currency, subject: `payout:${settlement.settlementId}`,
    }, at);
  }
}
