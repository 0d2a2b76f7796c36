/** Goods that left, as stock reads them of the order flow. */
import { timeZoneOf } from '../../config/time-zone.ts';
import { addDays, dayIn, type Instant } from '../../domain/money/instant.ts';
import { NEAR_DAYS } from '../../domain/stock/answer-shipments.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import { asPosted } from '../../domain/stock/planned-movements.ts';
import type { SkuItems } from '../../domain/stock/sku-items.ts';
import type { NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { StockFacts } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import {
  fulfilmentsWithoutLines,
  plannedFulfilments,
  shipmentsOf,
  unfulfilledShipments,
} from '../../store/stock/dispatched.ts';
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
  connection: Connection,
  tx: Database,
  items: SkuItems,
): Promise<NetSuiteMovement[]> {
  if (connection.settings.posting !== 'plan') return [];
  return asPosted(await plannedFulfilments(tx, connection.name), postedFor(connection, items));
}

function postedFor({ name: connection, settings }: Connection, items: SkuItems): Parameters<typeof asPosted>[1] {
  const { marketplaces } = settings;
  return { connection, items, marketplaces, zoneOf: (marketplaceId) => timeZoneOf(settings, marketplaceId) };
}

/**
 * Fulfilments of ours that somebody took away in NetSuite, line by line as they were planned: what rows of some days that
 * nothing answers were answered by.
 */
export async function vanishedFulfilments(
  connection: Connection,
  tx: Database,
  { rows, items, readAt }: { rows: readonly KeptRow[]; items: SkuItems; readAt: Instant },
): Promise<StockFacts['vanished']> {
  const days = new Set(rows.flatMap(({ day }) => NEAR.map((apart) => addDays(day, apart))));
  const missing = await fulfilmentsWithoutLines(tx, connection.name, { days: [...days], readAt });
  if (missing.size === 0) return [];
  const orders = [...new Set([...missing.values()].map(({ orderId }) => orderId))];
  const planned = asPosted(await shipmentsOf(tx, connection.name, orders), postedFor(connection, items));
  return planned.flatMap(({ externalId, item, location, units, day }) => {
    const known = missing.get(externalId!);
    return known === undefined
      ? []
      : [{ externalId: externalId!, netsuiteId: known.netsuiteId, item, location, units, day }];
  });
}

const NEAR = [...Array(2 * NEAR_DAYS + 1).keys()].map((index) => index - NEAR_DAYS);
