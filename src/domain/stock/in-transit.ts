/** What is in transit now, on both sides: of Amazon's by shipment, of NetSuite's by pool and item. */
import type { Day } from '../money/instant.ts';
import { effectsOf } from './document-effects.ts';
import type { Sides } from './drift.ts';
import { grouped } from './grouped.ts';
import type { StockDocument } from './kept-stock.ts';
import type { SkuItems } from './sku-items.ts';
import { inTransitByItem } from './sku-units.ts';
import type { InboundStanding, StockPolicy, Units } from './stock-plan.ts';
import { summedUnits } from './summed-units.ts';
import type { TransferOrder } from './transfer-order.ts';
import type { TransitAstride } from './transit-part.ts';

/**
 * NetSuite's units: at the location; under `theirs` also what is fulfilled and not received of transfer orders, which is at
 * none (stock.md, *Pools, places, items*).
 * @param planned documents that count as NetSuite's, in `posting: plan` alone
 */
export function netsuiteInTransit(
  { pools, inbound }: Pick<StockPolicy, 'pools' | 'inbound'>,
  {
    onHand,
    transferOrders,
    standings,
    planned,
  }: {
    onHand: readonly { location: string; item: string; onHand: number }[];
    transferOrders: readonly TransferOrder[];
    standings: readonly InboundStanding[];
    planned: readonly StockDocument[];
  },
): Units[] {
  const transit = (pool: string, item: string, units: number): Units => ({ pool, item, place: 'inTransit', units });
  const located = onHand.flatMap(({ location, item, onHand: units }) => {
    const pool = pools.find(({ locations }) => locations.inTransit === location);
    return pool === undefined ? [] : [transit(pool.name, item, units)];
  });
  const ordered = (inbound === 'theirs' ? transferOrders : []).flatMap(({ shipmentId, open }) => {
    const pool = standings.find((one) => one.shipmentId === shipmentId)?.pool;
    return pool === undefined ? [] : open.map(({ item, units }) => transit(pool, item, units));
  });
  return summedUnits([...located, ...ordered, ...planned.flatMap(movedInTransit)]).filter(({ units }) => units !== 0);
}

/** What a document moves in transit: a receipt of a transfer order takes out of it what lies at no location. */
export function movedInTransit(document: StockDocument): Units[] {
  if ('of' in document && document.of.kind === 'transfer-order')
    return document.lines.map(({ item, units }) => ({ pool: document.pool, item, place: 'inTransit', units: -units }));
  return effectsOf(document).filter(({ place }) => place === 'inTransit');
}

/**
 * Both sides of each item that is in transit on either. No row of the ledger counts it, so that there are no terms, but of a
 * day that is past what one side had by then and the other had not.
 */
export function transitSides(
  {
    inbound,
    inTransit,
    astride = [],
  }: { inbound: readonly InboundStanding[]; inTransit: readonly Units[]; astride?: readonly TransitAstride[] },
  { items, day, leave }: { items: SkuItems; day: Day; leave: readonly string[] },
): (Sides & Omit<Units, 'units'>)[] {
  const amazon = inTransitByItem(inbound, items, day);
  const keyOf = ({ pool, item }: Pick<Units, 'pool' | 'item'>) => JSON.stringify([pool, item]);
  const unitsOf = (of: readonly Units[]) => new Map(of.map((one) => [keyOf(one), one.units]));
  const [held, booked] = [unitsOf(amazon), unitsOf(inTransit)];
  const parts = grouped(astride, keyOf);
  const keys = new Map([...amazon, ...inTransit, ...astride].map((one) => [keyOf(one), one]));
  return [...keys]
    .filter(([, { item }]) => !leave.includes(item))
    .map(([key, { pool, item }]) => {
      const own = parts.get(key) ?? [];
      const of = (term: TransitAstride['term']) =>
        own.reduce((sum, one) => sum + (one.term === term ? one.units : 0), 0);
      const terms = { opening: 0, waiting: of('waiting'), ahead: of('ahead'), foreign: 0, gap: 0 };
      return {
        pool,
        item,
        place: 'inTransit',
        amazon: held.get(key) ?? 0,
        netsuite: booked.get(key) ?? 0,
        terms: own.length === 0 ? null : terms,
        open: own.length,
      };
    });
}
