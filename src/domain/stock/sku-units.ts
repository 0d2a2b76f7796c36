/** What Amazon counts by SKU, in NetSuite's units by item: balances, the snapshot and inbound shipments; SKUs without an item are left out. */
import type { Day } from '../money/instant.ts';
import type { Balances } from './balances.ts';
import type { Pool } from './pools.ts';
import { sellableNow } from './snapshot.ts';
import type { SkuItems } from './sku-items.ts';
import type { SnapshotRow } from './stock-facts.ts';
import { summedUnits } from './summed-units.ts';
import type { InboundStanding, Units } from './stock-plan.ts';

/** Of an item now at Amazon. `sellable` holds reserved units and those that are being looked for, which are also told by themselves. */
export interface NowUnits {
  item: string;
  sellable: number;
  unsellable: number;
  reserved: number;
  researching: number;
  /** Announced, sent and being received. */
  inbound: number;
}

export function unitsNowByItem(rows: readonly SnapshotRow[], items: SkuItems, today: Day): NowUnits[] {
  const byItem = new Map<string, NowUnits>();
  for (const row of rows) {
    const { working, shipped, receiving } = row.inbound;
    for (const { item, perSku } of items.atEnd(row.sku, today) ?? []) {
      const now = byItem.get(item) ?? { item, sellable: 0, unsellable: 0, reserved: 0, researching: 0, inbound: 0 };
      byItem.set(item, now);
      now.sellable += sellableNow(row) * perSku;
      now.unsellable += row.unfulfillable * perSku;
      now.reserved += row.reserved.total * perSku;
      now.researching += row.researching * perSku;
      now.inbound += (working + shipped + receiving) * perSku;
    }
  }
  return [...byItem.values()];
}

export function sumOfNow(units: readonly NowUnits[]): Omit<NowUnits, 'item'> {
  const sum = { sellable: 0, unsellable: 0, reserved: 0, researching: 0, inbound: 0 };
  for (const one of units) for (const kind of Object.keys(sum) as (keyof typeof sum)[]) sum[kind] += one[kind];
  return sum;
}

/** What Amazon held at the end of a day, by pool, item and place. */
export function heldByItem(balances: Balances, items: SkuItems, pools: readonly Pool[], day: Day): Units[] {
  const units = balances
    .bySku(pools, day)
    .flatMap(({ pool, sku, place, units: held }) =>
      (items.atEnd(sku, day) ?? []).map(({ item, perSku }): Units => ({ pool, item, place, units: held * perSku })),
    );
  return summedUnits(units);
}

/** Shipped, neither received nor decided, by pool and item. */
export function inTransitByItem(standings: readonly InboundStanding[], items: SkuItems, today: Day): Units[] {
  const units = standings.flatMap(({ pool, sku, inTransit }) =>
    (items.atEnd(sku, today) ?? []).map(({ item, perSku }): Units => ({
      pool,
      item,
      place: 'inTransit',
      units: inTransit * perSku,
    })),
  );
  return summedUnits(units).filter((sum) => sum.units !== 0);
}
