import { recordTypeOf } from '../../domain/documents/document-kinds.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { planFulfilment } from '../../domain/orders/dispatch.ts';
import { itemQuantity } from '../../domain/orders/item-units.ts';
import { isMultiChannel } from '../../domain/orders/sales-order.ts';
import type { DispatchStep } from '../../store/orders/order-steps.ts';
import { setShipmentState } from '../../store/orders/shipments.ts';
import type { Connection } from '../connection.ts';
import { postDocument } from '../posting/post-document.ts';
import { commonFields, locationReference } from '../posting/references.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { loadDispatch } from './load-dispatch.ts';
import type { DispatchResult, ShipmentRef } from '../../contracts/orders/order-activities.ts';
import { postSalesOrder } from './post-sales-order.ts';
import { withLines } from './sales-order-lines.ts';
import { stopOrder } from './stop-order.ts';
import { orderIntent } from './order-intent.ts';

/**
 * Posts the Item Fulfilment of one shipment: a transform of the Sales Order in which each line is named, since lines
 * that are not named default to being fulfilled whole. Idempotent: by `AMZ_…_IF_{orderId}-{shipmentId}_1`.
 */
export async function postFulfilment(connection: Connection, input: ShipmentRef): Promise<DispatchResult> {
  const { order, shipment, salesOrder: stored, document } = await loadPlaced(connection, input);
  if (shipment.state !== 'new') return { result: 'done', complete: false };
  const plan = planFulfilment(
    connection.name,
    shipment.fact,
    timeZoneOf(connection.settings, order.fact.marketplaceId),
  );
  const posting = await postDocument(
    connection,
    {
      key: plan.key,
      total: 0n,
      ...orderIntent(plan),
      unwritten: document === null,
    },
    async (dated) => {
      const [salesOrder, location, common] = await Promise.all([
        withLines(connection, input.orderId, stored),
        locationReference(connection, order.fact.marketplaceId, order.fact.fulfilledBy),
        commonFields(connection, recordTypeOf(plan.key.purpose)),
      ]);
      const shipped = new Map(plan.lines.map((line) => [line.tag, itemQuantity(line, salesOrder.units)]));
      const items = salesOrder.lines.map((line) => {
        const quantity = shipped.get(line.memo) ?? 0;
        return quantity > 0
          ? { orderLine: Number(line.orderLine), quantity, location, itemReceive: true }
          : { orderLine: Number(line.orderLine), itemReceive: false };
      });
      return {
        kind: 'transform',
        from: { record: recordTypeOf('SO'), id: salesOrder.netsuiteId },
        // Status C is "shipped": it posts and relieves stock (NSHELP section_161425629582).
        body: {
          externalId: externalIdOf(plan.key),
          ...dated,
          memo: plan.memo,
          shipStatus: { id: 'C' },
          ...common,
          item: { items },
        },
      };
    },
  );
  if (posting.result === 'stopped') return stopOrder(connection, input.orderId, posting, null);
  if (posting.result === 'planned') return { result: 'planned' };
  await setShipmentState(
    connection.db,
    connection.name,
    input.shipment,
    isMultiChannel(order.fact) ? 'done' : 'fulfilled',
  );
  return { result: 'done', complete: false };
}

/** A store that was restored may have forgotten the Sales Order, which NetSuite holds: placed once more, it is found there under its key. */
async function loadPlaced(connection: Connection, input: ShipmentRef): Promise<DispatchStep> {
  const step = await loadDispatch(connection, input, 'IF');
  if (step.salesOrder !== null || connection.settings.posting === 'plan') return step;
  await postSalesOrder(connection, { connection: connection.name, orderId: input.orderId, claim: null });
  return loadDispatch(connection, input, 'IF');
}
