/** Which sale rows pay what was shipped before the cut-over: by the shipment, not by the day on which Amazon posts them. */
import type { SettlementRow } from '../settlement/settlement.ts';

/** `earlier`: it left before the cut-over. */
export interface DatedShipment {
  shipmentId: string | null;
  earlier: boolean;
}

/** The known shipments that a sale row may pay: the one that it names, else those without an id; all of the order's where the row names none. */
export function shipmentsMeant<S extends DatedShipment>(
  sale: Pick<SettlementRow, 'orderId' | 'shipmentId'>,
  shipments: ReadonlyMap<string, readonly S[]>,
): readonly S[] {
  const ofOrder = sale.orderId === null ? [] : (shipments.get(sale.orderId) ?? []);
  if (sale.shipmentId === null) return ofOrder;
  const named = ofOrder.filter(({ shipmentId }) => shipmentId === sale.shipmentId);
  return named.length > 0 ? named : ofOrder.filter(({ shipmentId }) => shipmentId === null);
}

export function isShippedEarlier<S extends DatedShipment>(
  sale: Pick<SettlementRow, 'orderId' | 'shipmentId'>,
  shipments: ReadonlyMap<string, readonly S[]>,
): boolean {
  const meant = shipmentsMeant(sale, shipments);
  return meant.length > 0 && meant.every(({ earlier }) => earlier);
}
