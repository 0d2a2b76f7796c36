import { effectsOf } from '../../domain/stock/document-effects.ts';
import type { StockPolicy, Units } from '../../domain/stock/stock-plan.ts';
import { summedUnits } from '../../domain/stock/summed-units.ts';
import type { Database } from '../../store/database.ts';
import { loadPlannedDocuments } from '../../store/stock/find-documents.ts';
import type { NetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import type { StockRun } from '../../store/stock/standings.ts';

/**
 * NetSuite's units in transit now by pool and item: at the location; under `theirs` also what is fulfilled and not received of
 * transfer orders, which is at none; in `posting: plan` what is planned.
 */
export async function netsuiteInTransit(
  db: Database,
  {
    connection,
    policy,
    netsuite,
    run,
  }: { connection: string; policy: StockPolicy; netsuite: NetSuiteStock | null; run: StockRun | null },
): Promise<Units[]> {
  if (netsuite === null) return [];
  const units = netsuite.onHand.flatMap(({ location, item, onHand }): Units[] => {
    const pool = policy.pools.find(({ locations }) => locations.inTransit === location);
    return pool === undefined ? [] : [{ pool: pool.name, item, place: 'inTransit', units: onHand }];
  });
  const orders = policy.inbound === 'theirs' ? netsuite.transferOrders : [];
  for (const { shipmentId, open } of orders) {
    const pool = run?.inbound.find((one) => one.shipmentId === shipmentId)?.pool;
    if (pool !== undefined) units.push(...open.map((line): Units => ({ pool, place: 'inTransit', ...line })));
  }
  if (policy.posting === 'plan')
    for (const { document } of await loadPlannedDocuments(db, connection))
      units.push(...effectsOf(document).filter(({ place }) => place === 'inTransit'));
  return summedUnits(units).filter((sum) => sum.units !== 0);
}
