import type { Connection } from '../connection.ts';
import { standAloneCall } from '../posting/stand-alone-call.ts';
import { owesTax } from '../../config/tax-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { finishDispatch } from './finish-dispatch.ts';
import { loadDispatch } from './load-dispatch.ts';
import type { DispatchResult, ShipmentRef } from '../../contracts/orders/order-activities.ts';
import { billShipment, loadBill } from './bill-shipment.ts';
import { posted } from './sales-order-lines.ts';
import { postOfOrder } from './post-of-order.ts';
import { orderIntent } from './order-intent.ts';

/**
 * Credits what the invoice of a shipment could not carry, since NetSuite holds no invoice below zero: on the items of what
 * was cut, dated the shipment, never applied by itself; the payout pays it out. With it the shipment is done.
 * Idempotent: by `AMZ_…_CM_{orderId}-{shipmentId}_1`.
 */
export async function postSaleMemo(connection: Connection, input: ShipmentRef): Promise<DispatchResult> {
  const { order, shipment, salesOrder, document } = await loadDispatch(
    connection,
    input,
    connection.mode.sale.belowZero.purpose,
  );
  const bill = await loadBill(connection, order.fact, shipment);
  const plan = connection.mode.sale.belowZero.plan(
    connection.name,
    shipment.fact,
    bill?.cut ?? [],
    timeZoneOf(connection.settings, order.fact.marketplaceId),
  );
  if (plan && shipment.state !== 'done') {
    // Known already, but to a store that was restored.
    const billed = await billShipment(connection, input);
    if (billed.result !== 'done') return billed;
    const posting = await postOfOrder(
      connection,
      { orderId: input.orderId, marketplace: order.fact.marketplaceId },
      {
        key: plan.key,
        total: plan.total,
        ...orderIntent(plan),
        unwritten: document === null,
        compared: owesTax(connection.settings),
      },
      (dated) => standAloneCall(connection, plan, order.fact.marketplaceId, dated),
    );
    if (posting.result === 'stopped') return posting;
    if (posting.result === 'planned') return { result: 'planned' };
  }
  return {
    result: 'done',
    complete: await finishDispatch(
      connection,
      order.fact,
      input.shipment,
      posted(input.orderId, salesOrder).netsuiteId,
    ),
  };
}
