import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { SETTLING_PURPOSES, type SettlingPurpose } from '../../domain/documents/document-kinds.ts';
import { isKind } from '../../domain/documents/document-plans.ts';
import { settlementKey, unreversed } from '../../domain/identifiers/settlement-key.ts';
import {
  isOpenFor,
  partition,
  type ApplicationPart,
  type PaymentPlan,
} from '../../domain/payouts/plan-applications.ts';
import type { Database } from '../../store/database.ts';
import {
  documentsOfSettlement,
  planDocument,
  type DocumentIntent,
  type StoredDocument,
} from '../../store/documents/documents.ts';
import { applicationsOf, assignPayment, paidOf } from '../../store/payouts/applications.ts';
import { salesDocumentsByExternalId, type SalesDocument } from '../../store/documents/sales-documents.ts';
import { aloneOnSettlement } from '../../store/payouts/settlement-lock.ts';
import { marketplaceOf } from '../time-zones.ts';
import { settlementDay, type PayoutSetup } from './payout-setup.ts';

/** Cuts what is planned and in no payment yet into payments, one customer each, and writes them down together. */
export async function planPayments(setup: PayoutSetup): Promise<void> {
  const { connection, settlement } = setup;
  await aloneOnSettlement(connection.db, connection.name, settlement.settlementId, (tx) => planAlone(tx, setup));
}

async function planAlone(db: Database, setup: PayoutSetup): Promise<void> {
  const { connection, settlement } = setup;
  const { name } = connection;
  const unplanned = (await applicationsOf(db, name, settlement.settlementId)).filter(
    (application) => application.payment === null,
  );
  const ids = unplanned.map((application) => application.document);
  const known = new Map(
    (await salesDocumentsByExternalId(db, name, ids)).map((document) => [document.externalId, document]),
  );
  const paid = await paidOf(db, name, ids);
  // A document that is not open for its amount is left out (and raised with the differences).
  const open = unplanned.filter(({ document, amount }) =>
    isOpenFor(known.get(document)?.total ?? 0n, paid.get(document) ?? 0n, amount),
  );
  const customers = new Map<string, { marketplace: string; applications: typeof open }>();
  for (const application of open) {
    const document = known.get(application.document)!;
    const marketplace = marketplaceOf(connection.settings, document.marketplaceId ?? document.marketplaceName);
    const group = customers.get(marketplace.customer) ?? { marketplace: marketplace.id, applications: [] };
    group.applications.push(application);
    customers.set(marketplace.customer, group);
  }
  const documents = await documentsOfSettlement(db, name, settlement.settlementId);
  const last = lastParts(documents, setup);
  const { date, trueDay } = lastJournalPart(documents) ?? { date: settlementDay(setup), trueDay: null };
  for (const [, { marketplace, applications }] of [...customers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const part of partition(applications, connection.settings.limits.documentsPerPayment, last)) {
      last[part.kind] = part.part;
      const intent = { ...intentOf(setup, part, marketplace, known), date, trueDay };
      await planDocument(db, intent);
      await assignPayment(
        db,
        name,
        settlement.settlementId,
        part.applications.map((application) => application.document),
        externalIdOf(intent.key),
      );
    }
  }
}

/** The part of the standing journal with the payout line: payments and refunds have its day as booked, and its rate. */
export function lastJournalPart(documents: readonly StoredDocument[]): StoredDocument<'journal'> | null {
  return (
    unreversed(documents.filter((document) => isKind(document, 'JE')))
      .sort((a, b) => a.key.part - b.key.part)
      .at(-1) ?? null
  );
}

/** Parts count from 1 for each purpose and business key. */
function lastParts(documents: readonly StoredDocument[], { settlement }: PayoutSetup): Record<SettlingPurpose, number> {
  const key = settlementKey(settlement.settlementId, settlement.revision);
  const known = documents.filter((document) => document.key.businessKey === key);
  const last = (purpose: SettlingPurpose) =>
    Math.max(0, ...known.filter((document) => document.key.purpose === purpose).map((document) => document.key.part));
  return Object.fromEntries(SETTLING_PURPOSES.map((purpose) => [purpose, last(purpose)])) as Record<
    SettlingPurpose,
    number
  >;
}

function intentOf(
  setup: PayoutSetup,
  part: ApplicationPart,
  marketplace: string,
  known: ReadonlyMap<string, SalesDocument>,
): Omit<DocumentIntent<'payment'>, 'date'> {
  const { settlement, connection } = setup;
  const plan: PaymentPlan = {
    part: part.part,
    kind: part.kind,
    marketplace,
    applications: part.applications.map(({ document, amount }) => ({
      document,
      amount,
      netsuiteId: known.get(document)!.netsuiteId,
    })),
  };
  return {
    key: {
      connection: connection.name,
      purpose: part.kind,
      businessKey: settlementKey(settlement.settlementId, settlement.revision),
      part: part.part,
    },
    currency: settlement.currency,
    total: part.total,
    orderId: null,
    settlementId: settlement.settlementId,
    plan,
  };
}
