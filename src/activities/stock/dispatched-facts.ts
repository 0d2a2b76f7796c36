/** Goods that left, as stock reads them of the order flow. */
import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn, type Instant } from '../../domain/money/instant.ts';
import { grouped } from '../../domain/stock/grouped.ts';
import type { KeptRow } from '../../domain/stock/kept-stock.ts';
import { nearDays } from '../../domain/stock/match-days.ts';
import { isOfOrders } from '../../domain/stock/open-movements.ts';
import { asAltered, standingFor, unitsIn } from '../../domain/stock/own-fulfilments.ts';
import { asPosted } from '../../domain/stock/planned-movements.ts';
import type { SkuItems } from '../../domain/stock/sku-items.ts';
import type { AlteredFulfilment, NetSuiteMovement } from '../../domain/stock/stock-facts.ts';
import type { StockFacts } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { fulfilmentsNow, plannedFulfilments, shipmentsOf, unfulfilledShipments } from '../../store/stock/dispatched.ts';
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
 * Fulfilments of ours that NetSuite no longer has as they were posted, item by item: near rows that nothing answers, those that
 * are alone for long, and those in whose place somebody made others; and for what these stand.
 */
export async function alteredFulfilments(
  connection: Connection,
  tx: Database,
  { rows, alone, movements, items, readAt }: AlteredInput,
): Promise<Pick<StockFacts, 'altered' | 'standingFor'>> {
  const ofOthers = movements.filter((one) => one.createdFrom !== undefined && !isOfOrders(one, connection.name));
  const found = await fulfilmentsNow(tx, connection.name, {
    days: [...new Set(rows.flatMap(({ day }) => nearDays(day)))],
    externalIds: [...new Set(alone.flatMap(({ externalId }) => externalId ?? []))],
    salesOrders: [...new Set(ofOthers.flatMap(({ createdFrom }) => createdFrom ?? []))],
    items: [
      ...new Set([
        ...rows.flatMap((row) => items.ofRow(row.sku, row.day)?.map(({ item }) => item) ?? []),
        ...alone.map(({ item }) => item),
      ]),
    ],
    readAt,
  });
  if (found.size === 0) return { altered: [], standingFor: new Map() };
  const orders = [...new Set([...found.values()].map(({ orderId }) => orderId))];
  const planned = asPosted(await shipmentsOf(tx, connection.name, orders), postedFor(connection, items));
  const byItem = grouped(planned, ({ externalId, item, location }) => `${externalId} ${item} ${location}`);
  const altered = [...byItem.values()].flatMap((own): AlteredFulfilment[] => {
    const { externalId, item, location } = own[0]!;
    const now = found.get(externalId!);
    if (now === undefined) return [];
    const one = { externalId: externalId!, item, location, units: unitsIn(own) };
    return asAltered(one, now);
  });
  const { days, left } = standingFor(ofOthers, altered);
  return { altered: left, standingFor: days };
}

interface AlteredInput {
  /** Of `Shipments` that nothing answers. */
  rows: readonly KeptRow[];
  /** Lines of ours that answer nothing for long. */
  alone: readonly NetSuiteMovement[];
  movements: readonly NetSuiteMovement[];
  items: SkuItems;
  readAt: Instant;
}
