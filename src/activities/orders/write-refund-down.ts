import { parseRefundKey } from '../../domain/identifiers/external-id.ts';
import { isSalesPurpose } from '../../domain/documents/document-kinds.ts';
import { isKind, refundPlanOf } from '../../domain/documents/document-plans.ts';
import { creditOf, taxCreditOf } from '../../domain/orders/place-refund.ts';
import type { RefundPlan } from '../../domain/orders/refund.ts';
import type { BilledSale, ReturnedLine } from '../../domain/orders/whole-units.ts';
import { answerClaims } from '../../domain/payouts/answer-claims.ts';
import type { Database } from '../../store/database.ts';
import {
  documentsOfOrder,
  planDocument,
  type DocumentIntent,
  type StoredDocument,
} from '../../store/documents/documents.ts';
import { forgetUnsent } from '../../store/documents/unsent.ts';
import { aloneOnOrders } from '../../store/orders/order-lock.ts';
import { loadOrder } from '../../store/orders/orders.ts';
import { loadShipments } from '../../store/orders/shipments.ts';
import {
  answerByClaim,
  loadRefunds,
  setRefundState,
  rowsWithoutRefund,
  type StoredRefund,
} from '../../store/orders/refunds.ts';
import { movesOfOrders } from '../../store/tax/tax-moves.ts';
import type { Connection } from '../connection.ts';
import { taxPolicyOf } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { taxesAsMoved } from '../../domain/tax/moved-facts.ts';
import { netRefund, unplacedItem } from '../../domain/tax/net-refund.ts';
import { itemOfTag } from '../../domain/orders/sales-order.ts';
import type { RefundFact } from '../../domain/orders/order-facts.ts';
import { salePlaceOf } from '../../store/tax/sale-places.ts';
import { netShipment } from '../../domain/tax/net-sale.ts';
import { asBilled, soldItems } from '../../domain/tax/sold-item.ts';
import type { RefundRef } from '../../contracts/orders/order-activities.ts';
import { linesBilled, taxesBilled, taxesGivenBack } from '../tax/taxes-of-order.ts';
import { orderIntent } from './order-intent.ts';

/**
 * The plan of a refund with its documents written down, once and alone on its order: from then on its memo is the first
 * word, and it is planned anew only by settings of tax, and while nothing of it was sent. Null for a refund that needs none: it is done, it gives nothing back, or a
 * settlement's journal has it as a claim, which is then what it is.
 * @throws SaleUnplaced where nobody can know which tax it gives back
 */
export function writeRefundDown(db: Database, connection: Connection, ref: RefundRef): Promise<RefundPlan | null> {
  return aloneOnOrders(db, connection.name, [ref.orderId], async (tx) => {
    const documents = await documentsOfOrder(tx, connection.name, ref.orderId);
    const written = documents.filter((document) => isOf(document, ref.refund));
    if (written.some(wasSent) || (written.length > 0 && connection.settings.tax === undefined))
      return refundPlanOf(written[0]!);
    const refunds = await loadRefunds(tx, connection.name, ref.orderId);
    const refund = refunds.find(({ key }) => key === ref.refund);
    if (written.length > 0 && refund) {
      // Settings of tax may have changed since nothing was sent: it stays a memo, and becomes what they say now.
      await forgetUnsent(
        tx,
        written.map(({ externalId }) => externalId),
      );
      const others = documents.filter((document) => !isOf(document, ref.refund));
      return writeDown(tx, await planOf(tx, connection, ref, refund, others));
    }
    if (written.length > 0) return refundPlanOf(written[0]!);
    if (!refund || refund.state === 'done' || refund.state === 'claim' || refund.state === 'left-alone') return null;
    if ((await loadOrder(tx, connection.name, ref.orderId))?.state === 'left-alone') {
      // Finances told of it first, and the order says that another system owns the sale.
      await setRefundState(tx, connection.name, ref.refund, 'left-alone');
      return null;
    }
    const unbooked = refunds.filter(
      ({ key, state }) =>
        (state === 'new' || state === 'planned') && !documents.some((document) => isOf(document, key)),
    );
    // What a person booked from rows is no claim: it was made of other rows.
    const claim = refund.fact.fromRows
      ? undefined
      : answerClaims(unbooked.map(asCredit), await rowsWithoutRefund(tx, connection.name, ref.orderId)).get(ref.refund);
    if (claim) {
      await answerByClaim(tx, connection.name, ref.refund, claim);
      return null;
    }
    const plan = await planOf(tx, connection, ref, refund, documents);
    if (plan.lines.length === 0) {
      await setRefundState(tx, connection.name, ref.refund, 'done');
      return null;
    }
    return writeDown(tx, plan);
  });
}

/** Nothing is written down: where the sale went is to be said first. */
export class SaleUnplaced extends Error {
  readonly refund: RefundFact;
  /** A SKU of it whose tax nobody can know. */
  readonly sku: string;

  constructor(refund: RefundFact, sku: string) {
    super(`nobody knows where order ${refund.orderId} went`);
    this.refund = refund;
    this.sku = sku;
  }
}

async function writeDown(tx: Database, plan: RefundPlan): Promise<RefundPlan> {
  for (const intent of [returnIntent(plan), memoIntent(plan)]) if (intent) await planDocument(tx, intent);
  return plan;
}

const wasSent = ({ state, attempt }: StoredDocument): boolean => state !== 'planned' || attempt > 0;

const isOf = (document: StoredDocument, refund: string): boolean =>
  document.key.businessKey === refund && refundPlanOf(document) !== null;
const asCredit = ({ key, fact }: StoredRefund) => ({
  key,
  postedAt: fact.postedAt,
  total: creditOf(fact),
  tax: taxCreditOf(fact),
});

async function planOf(
  tx: Database,
  connection: Connection,
  ref: RefundRef,
  { key, fact }: StoredRefund,
  documents: readonly StoredDocument[],
): Promise<RefundPlan> {
  const order = await loadOrder(tx, connection.name, ref.orderId);
  const marketplace = order?.fact.marketplaceId ?? fact.marketplaceName;
  const policy = taxPolicyOf(connection.settings, marketplace);
  const told = await loadShipments(tx, connection.name, ref.orderId);
  const done = told.filter(({ state }) => state === 'done');
  const billed = linesBilled(documents);
  const sale: BilledSale | null =
    done.length === 0
      ? null
      : {
          shipments: done.map(({ key: shipment, fact: shipped }) =>
            asBilled(netShipment(shipped, order?.fact ?? null, [], policy), billed.get(shipment) ?? null),
          ),
          told: done.map((shipment) => shipment.fact),
          returned: returnedBefore(documents),
        };
  const taxes = taxesBilled(documents);
  const moves = taxes.length > 0 ? await movesOfOrders(tx, connection.name, [ref.orderId]) : [];
  const lines = [...billed.values()].flat();
  const soldOf = (some: typeof taxes) =>
    soldItems(
      some,
      lines,
      told.map((shipment) => shipment.fact),
    );
  const keepsRate = soldOf(taxes).some(({ inPrice }) => inPrice);
  const sold = soldOf(taxesAsMoved(taxes, moves, { orderId: ref.orderId, currency: fact.currency, keepsRate }));
  const shipTo = told[0]?.fact.shipTo ?? (await salePlaceOf(tx, connection.name, ref.orderId))?.country ?? null;
  const unplaced = unplacedItem(fact, sold, policy, shipTo);
  if (unplaced !== null) throw new SaleUnplaced(fact, unplaced);
  return connection.mode.refund(
    connection.name,
    netRefund(fact, sold, policy, shipTo, taxesGivenBack(documents)),
    sale,
    timeZoneOf(connection.settings, marketplace),
    parseRefundKey(key)?.number ?? 1,
  );
}

/** Units of the order's return authorisations, without those that Amazon has taken back, in the order of their refunds. */
function returnedBefore(documents: readonly StoredDocument[]): ReturnedLine[] {
  const refunds = documents.flatMap((document) => {
    const plan = refundPlanOf(document);
    return plan === null ? [] : [{ document, plan }];
  });
  const takenBack = new Set(
    refunds
      .filter(({ document }) => isSalesPurpose(document.key.purpose))
      .flatMap(({ plan }) => plan.takesBack ?? [])
      .map(({ authorisation, tag }) => `${authorisation} ${tag}`),
  );
  return refunds
    .filter(({ document }) => isKind(document, 'RA'))
    .sort((a, b) => (a.document.key.businessKey < b.document.key.businessKey ? -1 : 1))
    .flatMap(({ document, plan }) =>
      plan.lines
        .filter(({ goods, tag }) => goods && !takenBack.has(`${document.externalId} ${tag}`))
        .map(({ tag, sku, quantity, amount }) => ({
          authorisation: document.externalId,
          orderItemId: itemOfTag(tag),
          sku,
          quantity,
          amount,
        })),
    );
}

export function returnIntent(plan: RefundPlan): DocumentIntent<'return'> | null {
  return (
    plan.returnAuthorisation && {
      key: plan.returnAuthorisation.key,
      total: plan.total,
      ...orderIntent(plan),
    }
  );
}

/** The credit memo, or the invoice of a refund that Amazon takes back. */
export function memoIntent(plan: RefundPlan): DocumentIntent<'bill' | 'credit'> {
  if (plan.invoice) return { key: plan.invoice.key, total: -plan.total, ...orderIntent(plan) };
  return { key: plan.creditMemo!.key, total: plan.total, ...orderIntent(plan) };
}
