import type { JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import { decimal } from '../../clients/netsuite/write-json.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { isFullyDispatched, planInvoice, type DispatchPlan } from '../../domain/orders/dispatch.ts';
import { finishShipment, setOrderState } from '../../store/orders.ts';
import { connectionOf, type Connection, type Dependencies } from '../dependencies.ts';
import { postDocument } from '../posting/post-document.ts';
import { accountReference, commonFields, periodFor, serviceItemReference } from '../posting/references.ts';
import { closedPeriod } from '../posting/stopped-posting.ts';
import { timeZoneOf } from '../time-zones.ts';
import { loadDispatch } from './load-dispatch.ts';
import type { DispatchResult } from './order-results.ts';
import { posted, withLines, type PostedSalesOrder } from './sales-order-lines.ts';
import { stopOrder } from './stop-order.ts';

/**
 * Bills one shipment: a transform of the Sales Order over just the shipped lines, with the amounts of the shipment
 * report. A Multi-Channel order is never billed: its lines are closed once it is shipped.
 * Idempotent: by `AMZ_…_INV_{orderId}-{shipmentId}_1`. Says whether all that was ordered is dispatched and billed.
 */
export function createPostInvoice(deps: Dependencies) {
  return async function postInvoice(input: { connection: string; orderId: string; shipment: string }): Promise<DispatchResult> {
    const connection = connectionOf(deps, input.connection);
    const { db } = deps.store;
    const { order, shipment, salesOrder: stored, document } = await loadDispatch(deps, input, 'INV');
    const plan = planInvoice(input.connection, order.fact, shipment.fact, timeZoneOf(connection.settings, order.fact.marketplaceId));
    if (plan && shipment.state !== 'done') {
      const period = await periodFor(connection, plan.date, true);
      if (!period.open) return stopOrder(deps, input.connection, input.orderId, closedPeriod(externalIdOf(plan.key), period), { amount: plan.total, currency: plan.currency });
      const posting = await postDocument(deps, {
        key: plan.key, recordType: 'invoice', date: plan.date, currency: plan.currency, total: plan.total, orderId: input.orderId, settlementId: null, plan, unwritten: document === null,
      }, async () => {
        const [salesOrder, receivable, common] = await Promise.all([
          withLines(deps, connection, input.orderId, stored), accountReference(connection, 'receivable', plan.currency), commonFields(connection, 'invoice', false),
        ]);
        return {
          kind: 'transform', from: { type: 'salesOrder', id: salesOrder.netsuiteId }, target: 'invoice',
          body: {
            externalId: externalIdOf(plan.key), ...period.fields, memo: plan.memo, otherRefNum: plan.orderId, account: { id: receivable.id }, ...common,
            item: { items: await invoiceLines(connection, plan, salesOrder) },
          },
        };
      });
      if (posting.result === 'stopped') return stopOrder(deps, input.connection, input.orderId, posting, { amount: plan.total, currency: plan.currency });
      if (posting.result === 'planned') return { result: 'planned' };
    }
    const shipments = await finishShipment(db, input.connection, input.orderId, input.shipment);
    const complete = shipments.every((known) => known.state === 'done') && isFullyDispatched(order.fact, shipments.map((known) => known.fact));
    if (complete) {
      if (!plan) await closeSalesOrder(connection, input.orderId, posted(input.orderId, stored).netsuiteId);
      await setOrderState(db, input.connection, input.orderId, 'billed');
    }
    return { result: 'done', complete };
  };
}

async function invoiceLines(connection: Connection, plan: DispatchPlan, salesOrder: PostedSalesOrder): Promise<JsonValue[]> {
  const billed = new Map(plan.lines.map((line) => [line.tag, line]));
  const ofOrder = salesOrder.lines.map((line): JsonValue => {
    const planned = billed.get(line.memo);
    return planned
      ? { orderLine: Number(line.orderLine), quantity: planned.quantity, amount: decimal(formatMinor(planned.amount, plan.currency)) }
      : { orderLine: Number(line.orderLine), quantity: 0 };
  });
  // A part of the price that the order did not have (gift wrap bought late): a line of its own.
  const extra = await Promise.all(plan.lines.filter((line) => !salesOrder.byTag.has(line.tag)).map(async (line): Promise<JsonValue> => ({
    item: await serviceItemReference(connection, line.component), quantity: line.quantity,
    amount: decimal(formatMinor(line.amount, plan.currency)), description: line.tag,
  })));
  return [...ofOrder, ...extra];
}

/** Closes what is left of a Sales Order line by line, so that nobody bills it (2.3: PATCH `isClosed`). Idempotent. */
export async function closeSalesOrder(connection: Connection, orderId: string, netsuiteId: string): Promise<void> {
  const open = (await connection.netsuite.lookups.salesOrderLines(netsuiteId)).filter((line) => !line.closed);
  if (open.length === 0) return;
  const outcome = await connection.netsuite.patch('salesOrder', netsuiteId, {
    item: { items: open.map((line) => ({ line: Number(line.orderLine), isClosed: true })) },
  });
  if (outcome.outcome !== 'posted') throw new Error(`closing the Sales Order of ${orderId}: ${outcome.outcome}`);
}
