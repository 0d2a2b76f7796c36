import type { JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { orderSubject } from '../../domain/exceptions/exception.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { renderMoney } from '../../domain/money/render-amount.ts';
import type { OrderLine } from '../../domain/orders/sales-order.ts';
import { planRefund, type BilledSale, type RefundPlan } from '../../domain/orders/refund.ts';
import { documentsOfOrder, loadDocument } from '../../store/documents.ts';
import { raise } from '../../store/exceptions.ts';
import { loadOrder, loadRefunds, loadShipments, setRefundState } from '../../store/orders.ts';
import { connectionOf, type Connection, type Dependencies } from '../dependencies.ts';
import { postDocument } from '../posting/post-document.ts';
import { accountReference, commonFields, currencyReference, customerReference, periodFor, serviceItemReference } from '../posting/references.ts';
import { closedPeriod } from '../posting/stopped-posting.ts';
import { timeZoneOf } from '../time-zones.ts';
import type { RefundResult } from './order-results.ts';
import { postedSalesOrder } from './sales-order-lines.ts';
import { stopOrder } from './stop-order.ts';

interface RefundInput { connection: string; orderId: string; refund: string }

/**
 * Return Authorisation of the whole units of a refund, from the Sales Order in its credit form; none for a refund that
 * takes back no whole unit. Idempotent: by `AMZ_…_RA_{orderId}-{instant}_1`.
 */
export function createPostReturnAuthorisation(deps: Dependencies) {
  return async function postReturnAuthorisation(input: RefundInput): Promise<RefundResult> {
    const connection = connectionOf(deps, input.connection);
    const plan = await loadPlan(deps, connection, input);
    const authorisation = plan?.returnAuthorisation;
    if (!plan || !authorisation) return { result: 'done' };
    const posting = await postDocument(deps, {
      key: authorisation.key, recordType: 'returnAuthorization', date: plan.date, currency: plan.currency, total: plan.total, orderId: input.orderId, settlementId: null, plan,
    }, async () => {
      const [salesOrder, common] = await Promise.all([postedSalesOrder(deps, connection, input.orderId), commonFields(connection, 'returnAuthorization', false)]);
      const returned = new Map(plan.lines.filter((line) => line.goods).map((line) => [line.tag, line]));
      const ofOrder = salesOrder.lines.map((line): JsonValue => {
        const planned = returned.get(line.memo);
        return planned
          ? { orderLine: Number(line.orderLine), quantity: planned.quantity, amount: money(planned, plan) }
          : { orderLine: Number(line.orderLine), quantity: 0 };
      });
      return {
        kind: 'transform', from: { type: 'salesOrder', id: salesOrder.netsuiteId }, target: 'returnAuthorization',
        body: {
          externalId: externalIdOf(authorisation.key), tranDate: plan.date, memo: authorisation.memo, otherRefNum: plan.orderId, orderStatus: { id: 'B' }, ...common,
          item: { items: [...ofOrder, ...(await serviceLines(connection, plan))] },
        },
      };
    });
    if (posting.result === 'stopped') return stopOrder(deps, input.connection, input.orderId, posting, { amount: plan.total, currency: plan.currency });
    if (posting.result === 'planned') await setRefundState(deps.store.db, input.connection, input.refund, 'planned');
    return { result: posting.result === 'planned' ? 'planned' : 'done' };
  };
}

/**
 * Credit Memo of a refund: from its return authorisation, or on its own on non-inventory items. Never applied by
 * itself (`autoApply` is remembered by NetSuite, so it is always sent): the payout pays it out.
 * Idempotent: by `AMZ_…_CM_{orderId}-{instant}_1`.
 */
export function createPostCreditMemo(deps: Dependencies) {
  return async function postCreditMemo(input: RefundInput): Promise<RefundResult> {
    const connection = connectionOf(deps, input.connection);
    const plan = await loadPlan(deps, connection, input);
    if (!plan) return { result: 'done' };
    if (plan.total <= 0n) return raiseUnclear(deps, input, plan);
    const period = await periodFor(connection, plan.date, true);
    const atStake = { amount: plan.total, currency: plan.currency };
    const { key, memo } = plan.creditMemo;
    if (!period.open) return stopOrder(deps, input.connection, input.orderId, closedPeriod(externalIdOf(key), period), atStake);
    const posting = await postDocument(deps, {
      key, recordType: 'creditMemo', date: plan.date, currency: plan.currency, total: plan.total, orderId: input.orderId, settlementId: null, plan,
    }, async () => {
      const [receivable, common] = await Promise.all([accountReference(connection, 'receivable', plan.currency), commonFields(connection, 'creditMemo', plan.returnAuthorisation === null)]);
      const body = { externalId: externalIdOf(key), ...period.fields, memo, otherRefNum: plan.orderId, account: { id: receivable.id }, autoApply: false, ...common };
      if (plan.returnAuthorisation !== null) {
        const authorisation = await loadDocument(deps.store.db, externalIdOf(plan.returnAuthorisation.key));
        if (!authorisation?.netsuiteId) throw new Error(`bug: ${memo} before its return authorisation`);
        return { kind: 'transform', from: { type: 'returnAuthorization', id: authorisation.netsuiteId }, target: 'creditMemo', body };
      }
      const order = await loadOrder(deps.store.db, input.connection, input.orderId);
      const marketplace = order?.fact.marketplaceId ?? (await refundFact(deps, input))?.fact.marketplaceName ?? null;
      const [customer, currency] = await Promise.all([customerReference(connection, marketplace), currencyReference(connection, plan.currency)]);
      return { kind: 'create', type: 'creditMemo', body: { ...body, entity: customer, currency, item: { items: await serviceLines(connection, plan) } } };
    });
    if (posting.result === 'stopped') return stopOrder(deps, input.connection, input.orderId, posting, atStake);
    await setRefundState(deps.store.db, input.connection, input.refund, posting.result === 'planned' ? 'planned' : 'done');
    if (posting.result === 'planned') return { result: 'planned' };
    return { result: 'done' };
  };
}

async function refundFact(deps: Dependencies, input: RefundInput) {
  const refunds = await loadRefunds(deps.store.db, input.connection, input.orderId);
  return refunds.find((refund) => refund.key === input.refund) ?? null;
}

/** The plan as it was first made: once its first document has been written down it is never made anew. */
async function loadPlan(deps: Dependencies, connection: Connection, input: RefundInput): Promise<RefundPlan | null> {
  const documents = await documentsOfOrder(deps.store.db, input.connection, input.orderId);
  const planned = documents.find((document) => ['RA', 'CM'].includes(document.key.purpose) && document.key.businessKey === input.refund);
  if (planned) return planned.plan as RefundPlan;
  const refunds = await loadRefunds(deps.store.db, input.connection, input.orderId);
  const refund = refunds.find((known) => known.key === input.refund);
  if (!refund || refund.state === 'done' || refund.state === 'left-alone') return null;
  const order = await loadOrder(deps.store.db, input.connection, input.orderId);
  if (order?.state === 'left-alone') {
    // Finances told of it first, and the order says that another system owns the sale.
    await setRefundState(deps.store.db, input.connection, input.refund, 'left-alone');
    return null;
  }
  const shipments = (await loadShipments(deps.store.db, input.connection, input.orderId)).filter((shipment) => shipment.state === 'done');
  const refundedUnits = new Map<string, number>();
  for (const line of documents.filter((document) => document.key.purpose === 'RA').flatMap((document) => (document.plan as RefundPlan).lines)) {
    if (!line.goods) continue;
    const orderItemId = line.tag.split(' ')[0]!;
    refundedUnits.set(orderItemId, (refundedUnits.get(orderItemId) ?? 0) + line.quantity);
  }
  const sale: BilledSale | null = shipments.length > 0 ? { shipments: shipments.map((shipment) => shipment.fact), refundedUnits } : null;
  return planRefund(input.connection, refund.fact, sale, timeZoneOf(connection.settings, order?.fact.marketplaceId ?? refund.fact.marketplaceName));
}

function serviceLines(connection: Connection, plan: RefundPlan): Promise<JsonValue[]> {
  return Promise.all(plan.lines.filter((line) => !line.goods).map(async (line) => ({
    item: await serviceItemReference(connection, line.component), quantity: line.quantity, amount: money(line, plan), description: line.tag,
  })));
}

function money(line: OrderLine, plan: RefundPlan) {
  return decimal(formatMinor(line.amount, plan.currency));
}

/** A refund that gives nothing back (a fee larger than it): no credit memo can carry it. */
async function raiseUnclear(deps: Dependencies, input: RefundInput, plan: RefundPlan): Promise<RefundResult> {
  if (plan.total === 0n) {
    await setRefundState(deps.store.db, input.connection, input.refund, 'done');
    return { result: 'done' };
  }
  const what = `Refund ${input.refund} comes to ${renderMoney(plan.total, plan.currency)}`;
  const exception = await raise(deps.store.db, input.connection, {
    code: 'refund-unclear', key: input.refund, subject: orderSubject(input.orderId), evidence: { what, atStake: plan.total, currency: plan.currency },
    remedy: { kind: 'try-again', first: 'Decide how to book it', of: 'order', id: input.orderId },
  }, await deps.now());
  return { result: 'stopped', exception, sentence: what };
}
