/** Stock in the report of a run: units with the signs of the equation, so that the terms add to Amazon less NetSuite. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { driftByTerm, type Term } from '../../domain/stock/drift.ts';
import { counted } from '../../domain/money/render-amount.ts';
import type { StockEquation } from '../../domain/stock/stock-plan.ts';
import { eitherWay } from '../../domain/stock/summed-units.ts';
import { loadStockFigures, type StockFigures, type StockSource } from './stock-figures.ts';
import { stockViewOf, termsOf, type StockPoolView } from './stock-view.ts';

export interface StockReport {
  pools: (Pick<StockPoolView, 'name' | 'items' | 'agree' | 'amazon'> & {
    netsuite: { sellable: number; unsellable: number; inTransit: number };
    terms: Record<Term, number>;
    /** Of its open exceptions, each as often as it is open; those that are about no pool stand in each. */
    exceptions: string[];
  })[];
}

/** Stock at the end of a run: its report, and what of it a person must end, in sentences. */
export interface StockOfRun {
  report: StockReport;
  open: string[];
}

/** Terms that end by a person alone; units of rows that wait and of documents ahead may stand (stock.md, *One idea*). */
const BY_PERSON = ['opening', 'foreign', 'gap'] as const satisfies readonly Term[];

/** Item by item: two that differ by the same, one either way, are two that differ. */
function openTerms(pool: string, equations: readonly StockEquation[]): string[] {
  return driftByTerm(equations)
    .filter(({ term, parts }) => BY_PERSON.some((one) => one === term) && parts.length > 0)
    .map(
      ({ term, items, more, less }) =>
        `stock of ${pool}: ${term} of ${counted(items, 'item')}, ${bothWays(more, less)} units (npx tieout stock)`,
    );
}

/** `+5 and −3`. */
const bothWays = (more: number, less: number): string =>
  [...(more > 0 ? [`+${more}`] : []), ...(less < 0 ? [`−${-less}`] : [])].join(' and ');

/** In transit there are no terms: Amazon's units are beside NetSuite's or they are not. */
function openInTransit({ name, differing }: StockPoolView): string[] {
  const rows = differing.filter(({ place }) => place === 'inTransit');
  if (rows.length === 0) return [];
  const { more, less } = eitherWay(rows.map(({ difference }) => difference));
  return [
    `stock of ${name}: in transit of ${counted(rows.length, 'item')}, ${bothWays(more, less)} units (npx tieout stock)`,
  ];
}

/** Null where the connection has no stock. Pools without figures stand with nothing. */
export async function stockOfRun(source: StockSource, settings: ConnectionSettings): Promise<StockOfRun | null> {
  const figures = await loadStockFigures(source, settings);
  if (figures === null) return null;
  const view = await stockViewOf(source.store.db, figures);
  const open = [
    ...figures.policy.pools.flatMap(({ name }) =>
      openTerms(
        name,
        figures.equations.filter(({ pool }) => pool === name),
      ),
    ),
    ...view.pools.flatMap(openInTransit),
    ...(view.exceptions.length === 0
      ? []
      : [`${counted(view.exceptions.length, 'exception')} of stock open (npx tieout exceptions)`]),
  ];
  return { report: reportOf(figures, view), open };
}

function reportOf(figures: StockFigures, view: Awaited<ReturnType<typeof stockViewOf>>): StockReport {
  return {
    pools: figures.policy.pools.map(({ name }) => {
      const pool = view.pools.find((one) => one.name === name);
      return {
        name,
        items: pool?.items ?? 0,
        agree: pool?.agree ?? 0,
        amazon: pool?.amazon ?? { sellable: 0, unsellable: 0 },
        netsuite: {
          sellable: pool?.netsuite.sellable ?? 0,
          unsellable: pool?.netsuite.unsellable ?? 0,
          inTransit: pool?.netsuite.inTransit ?? 0,
        },
        terms: termsOf(figures.equations.filter((one) => one.pool === name)),
        exceptions: view.exceptions.filter((one) => one.pool === null || one.pool === name).map(({ code }) => code),
      };
    }),
  };
}
