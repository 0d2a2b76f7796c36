import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import type { DispatchPurpose } from '../../domain/orders/dispatch.ts';
import { loadDispatchStep, type DispatchStep } from '../../store/orders/order-steps.ts';
import type { Connection } from '../connection.ts';
import { salesOrderId } from './sales-order-lines.ts';
import type { ShipmentRef } from '../../contracts/orders/order-activities.ts';

/**
 * What the fulfilment or the invoice of a shipment is made of. The shipment's key is the business key of both.
 * @throws a retryable failure where the store has forgotten the shipment: the next intake reads it again
 */
export async function loadDispatch(
  connection: Connection,
  input: ShipmentRef,
  purpose: DispatchPurpose,
): Promise<DispatchStep> {
  const { orderId, shipment } = input;
  const step = await loadDispatchStep(connection.db, connection.name, orderId, shipment, {
    salesOrder: salesOrderId(connection.name, orderId),
    document: externalIdOf({ connection: connection.name, purpose, businessKey: shipment, part: 1 }),
  });
  if (!step)
    throw new Error(
      `shipment ${shipment} is not in the store; the next look at Amazon brings it back where a restored store has forgotten it`,
    );
  return step;
}
