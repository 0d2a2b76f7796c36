/** Goods that left, as stock reads them of the order flow. */
import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn } from '../../domain/money/instant.ts';
import { asPosted } from '../../domain/stock/planned-movements.ts';
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

/** None but in `posting: plan`. */
export async function plannedMovements(
  { name: connection, settings }: Connection,
  tx: Database,
  items: SkuItems,
): Promise<NetSuiteMovement[]> {
  if (settings.posting !== 'plan') return [];
  const { marketplaces } = settings;
  const zoneOf = (marketplaceId: string | null) => timeZoneOf(settings, marketplaceId);
  return asPosted(await plannedFulfilments(tx, connection), { connection, items, marketplaces, zoneOf });
}
