/** Amazon and NetSuite side by side: a row an item and place, with what the difference is made of and what it is worth. */
import { worthOf, type Worth } from '../../domain/stock/stock-worth.ts';
import type { Term } from '../../domain/stock/drift.ts';
import type { Place } from '../../domain/stock/pools.ts';
import { inTransitByItem } from '../../domain/stock/sku-units.ts';
import { effectsOf } from '../../domain/stock/document-effects.ts';
import { summedUnits } from '../../domain/stock/summed-units.ts';
import type { Units } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { loadPlannedDocuments } from '../../store/stock/find-documents.ts';
import type { StockFigures } from './stock-figures.ts';

export interface StandingRow {
  pool: string;
  item: string;
  place: Place;
  amazon: number;
  netsuite: number;
  /** Amazon less NetSuite; of a place that the ledger counts, the sum of the terms. */
  difference: number;
  /** Null in transit, which stands in no equation. */
  terms: Record<Term, number> | null;
  /** What one costs, as NetSuite has it; null where it knows none. */
  unitCost: string | null;
  /** Decimal texts in the subsidiary's currency. */
  amazonValue: string | null;
  netsuiteValue: string | null;
  differenceValue: string | null;
}

/** Of the places that the ledger counts. */
export function ledgerRowsOf(figures: StockFigures): StandingRow[] {
  return figures.equations.map(({ pool, item, place, amazon, netsuite, terms }) =>
    rowOf(figures, { pool, item, place }, { amazon, netsuite, terms }),
  );
}

/** Of what is in transit now; none for a day that is past, since where shipments stood then is not kept. */
export function transitRowsOf(figures: StockFigures, netsuite: readonly Units[]): StandingRow[] {
  const { run, day, items, today } = figures;
  if (run === null || day === null || day !== run.day) return [];
  const amazon = inTransitByItem(run.inbound, items, today);
  const keyOf = ({ pool, item }: Units) => JSON.stringify([pool, item]);
  const keys = new Map([...amazon, ...netsuite].map((units) => [keyOf(units), units]));
  const at = (units: readonly Units[], key: string) => units.find((one) => keyOf(one) === key)?.units ?? 0;
  return [...keys].map(([key, { pool, item }]) =>
    rowOf(
      figures,
      { pool, item, place: 'inTransit' },
      { amazon: at(amazon, key), netsuite: at(netsuite, key), terms: null },
    ),
  );
}

/**
 * NetSuite's units in transit by pool and item: at the location; under `theirs` also what is fulfilled and not received of
 * transfer orders, which is at none; in `posting: plan` what is planned.
 */
export async function netsuiteInTransit(db: Database, figures: StockFigures): Promise<Units[]> {
  const { connection, policy, netsuite, run } = figures;
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

function rowOf(
  { costs, netsuite: stock }: StockFigures,
  at: Omit<Units, 'units'>,
  { amazon, netsuite, terms }: { amazon: number; netsuite: number; terms: Record<Term, number> | null },
): StandingRow {
  const worth = (units: number): string | null =>
    stock === null ? null : worthOf([{ ...at, units }], costs, stock.currency).amount;
  return {
    ...at,
    amazon,
    netsuite,
    difference: amazon - netsuite,
    terms,
    unitCost: costs.of(at.item, at),
    amazonValue: worth(amazon),
    netsuiteValue: worth(netsuite),
    differenceValue: worth(amazon - netsuite),
  };
}

/** What signed units of several items are worth together; null amount while NetSuite's costs are not read. */
export function worthIn({ costs, netsuite }: StockFigures, units: readonly Units[]): Worth {
  return netsuite === null ? { amount: null, unpriced: units.length } : worthOf(units, costs, netsuite.currency);
}
