/**
 * In `posting: plan` NetSuite's side includes what is planned: a shipment of a planned order counts as if its fulfilment had
 * been posted, under its external id. The order flow stops there at the order, which NetSuite does not have.
 */
import { externalIdOf } from '../identifiers/external-id.ts';
import { planFulfilment } from '../orders/dispatch.ts';
import type { OrderFact, ShipmentFact } from '../orders/order-facts.ts';
import type { SkuItems } from './sku-items.ts';
import type { NetSuiteMovement } from './stock-facts.ts';

/** A shipment of an order that is planned, which no fulfilment stands for. */
export interface PlannedFulfilment {
  shipment: ShipmentFact;
  marketplaceId: string | null;
  fulfilledBy: OrderFact['fulfilledBy'];
}

export function asPosted(
  fulfilments: readonly PlannedFulfilment[],
  {
    connection,
    items,
    marketplaces,
    zoneOf,
  }: {
    connection: string;
    items: SkuItems;
    /** With NetSuite's location of each. */
    marketplaces: readonly { id: string; location: string }[];
    /** The time zone of a marketplace. */
    zoneOf: (marketplaceId: string | null) => string;
  },
): NetSuiteMovement[] {
  const locations = new Map(marketplaces.map(({ id, location }) => [id, location]));
  return fulfilments.flatMap(({ shipment, marketplaceId, fulfilledBy }) => {
    if (fulfilledBy === 'MERCHANT') return [];
    const { key, date: day, lines } = planFulfilment(connection, shipment, zoneOf(marketplaceId));
    const externalId = externalIdOf(key);
    const location = locations.get(marketplaceId ?? '') ?? marketplaces[0]!.location;
    return lines
      .flatMap(({ sku, quantity }) =>
        (items.atEnd(sku ?? '', day) ?? []).map(({ item, perSku }) => ({ item, units: -quantity * perSku })),
      )
      .map(({ item, units }, index) => ({
        netsuiteId: externalId,
        line: index + 1,
        type: 'ItemShip',
        tranId: '',
        externalId,
        memo: 'planned',
        day,
        item,
        location,
        units,
      }));
  });
}
