/** Amazon and NetSuite side by side: a row an item and place, with what the difference is made of and what it is worth. */
import { worthOf, type Worth } from '../../domain/stock/stock-worth.ts';
import { sidesOf, type Sides, type Term } from '../../domain/stock/drift.ts';
import { transitSides } from '../../domain/stock/in-transit.ts';
import type { Place } from '../../domain/stock/pools.ts';
import type { Units } from '../../domain/stock/stock-plan.ts';
import type { StockFigures } from './stock-figures.ts';

export interface StandingRow {
  pool: string;
  item: string;
  place: Place;
  amazon: number;
  netsuite: number;
  /** Amazon less NetSuite; of a place that the ledger counts, the sum of the terms. */
  difference: number;
  /** In transit, which stands in no equation, what a day that is past had on one side alone (`waiting`, `ahead`); else null there. */
  terms: Record<Term, number> | null;
  /** Rows and documents behind the terms, those included that cancel each other. */
  open: number;
  /** What one costs, as NetSuite has it; null where it knows none. */
  unitCost: string | null;
  /** Decimal texts in the subsidiary's currency. */
  amazonValue: string | null;
  netsuiteValue: string | null;
  differenceValue: string | null;
}

/** Of every place: those that the ledger counts, and in transit. */
export function standingRowsOf(figures: StockFigures): StandingRow[] {
  return [...ledgerRowsOf(figures), ...transitRowsOf(figures)];
}

/** Of the places that the ledger counts. */
function ledgerRowsOf(figures: StockFigures): StandingRow[] {
  return figures.equations.map((equation) => rowOf(figures, equation, sidesOf(equation)));
}

/** Of what is in transit. */
export function transitRowsOf(figures: StockFigures): StandingRow[] {
  return transitOf(figures).map((sides) => rowOf(figures, sides, sides));
}

function transitOf(figures: StockFigures): ReturnType<typeof transitSides> {
  const { day, items, today, on, policy } = figures;
  return day === null ? [] : transitSides(figures, { items, day: on ?? today, leave: policy.leave });
}

function rowOf(
  { costs, netsuite: stock }: StockFigures,
  { pool, item, place }: Omit<Units, 'units'>,
  { amazon, netsuite, terms, open }: Sides,
): StandingRow {
  const at = { pool, item, place };
  const worth = (units: number): string | null =>
    stock === null ? null : worthOf([{ ...at, units }], costs, stock.currency).amount;
  return {
    ...at,
    amazon,
    netsuite,
    difference: amazon - netsuite,
    terms,
    open,
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
