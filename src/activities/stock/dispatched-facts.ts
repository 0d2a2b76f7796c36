/** Goods that left, as stock reads them of the order flow. */
import { timeZoneOf } from '../../config/time-zone.ts';
import { externalIdOf } from '../../domain/identifiers/external-id.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { planFulfilment } from '../../domain/orders/dispatch.ts';
import type { SkuItems } from '../../domain/stock/sku-items.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { StockFacts } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { plannedFulfilments, unfulfilledShipments } from '../../store/stock/dispatched.ts';
import type { Connection } from '../connection.ts';

/** Shipments of Amazon's report that no fulfilment of ours stands for, by the items that left: what a row without one may be. */
export async function unfulfilledOf(
  { name, settings }: Connection,
  tx: Database,
  items: SkuItems,
): Promise<StockFacts['unfulfilled']> {
  const zone = timeZoneOf(settings, null);
  return (await unfulfilledShipments(tx, name)).flatMap(({ orderId, shipmentId, shippedAt, items: sent }) => {
    const day = dayIn(shippedAt, zone);
    const shipment = `order ${orderId}${shipmentId === null ? '' : `, shipment ${shipmentId}`}`;
    return sent.flatMap(({ sku }) => (items.atEnd(sku, day) ?? []).map(({ item }) => ({ item, day, shipment })));
  });
}

/**
 * In `posting: plan` NetSuite's side includes what is planned: a shipment of a planned order counts as if its fulfilment had
 * been posted, under its external id. The order flow stops there at the order, which NetSuite does not have.
 */
export async function plannedMovements(
  { name, settings }: Connection,
  tx: Database,
  items: SkuItems,
): Promise<NetSuiteMovement[]> {
  if (settings.posting !== 'plan') return [];
  const locations = new Map(settings.marketplaces.map(({ id, location }) => [id, location]));
  return (await plannedFulfilments(tx, name)).flatMap(({ shipment, marketplaceId, fulfilledBy }) => {
    if (fulfilledBy === 'MERCHANT') return [];
    const { key, date: day, lines } = planFulfilment(name, shipment, timeZoneOf(settings, marketplaceId));
    const externalId = externalIdOf(key);
    const location = locations.get(marketplaceId ?? '') ?? settings.marketplaces[0]!.location;
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
