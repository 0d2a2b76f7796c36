/** Where the stock of a connection stands: by pool both sides, what the difference is made of, and who must act. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { Balances } from '../../domain/stock/balances.ts';
import { agrees, driftByTerm, itemsAgreeing, type Drift, type Term } from '../../domain/stock/drift.ts';
import { TERM_WORDS } from '../../domain/stock/render-stock.ts';
import { sumOfNow, unitsNowByItem, type NowUnits } from '../../domain/stock/sku-units.ts';
import type { StockEquation } from '../../domain/stock/stock-plan.ts';
import { scaled } from '../../domain/stock/unit-cost.ts';
import type { Database } from '../../store/database.ts';
import { loadBalancesOn } from '../../store/stock/ledger-balances.ts';
import { loadSnapshot } from '../../store/stock/snapshots.ts';
import { stockExceptions, type StockException } from './stock-exceptions.ts';
import { daysBetween, loadStockFigures, noFigures, type StockFigures, type StockSource } from './stock-figures.ts';
import { standingRowsOf, worthIn, type StandingRow } from './standing-rows.ts';

/** Units are NetSuite's; those of SKUs without an item are Amazon's. Amounts are decimal texts in `currency`. */
export interface StockView {
  connection: string;
  /** At whose end the figures stand, and how many days ago that was. */
  day: string | null;
  ageDays: number | null;
  /** When it was planned last. */
  plannedAt: string | null;
  /** Of the subsidiary; null until NetSuite's costs are read. */
  currency: string | null;
  /** Why there are no figures; null where there are. */
  nothing: string | null;
  /** Why `day` is another one than was asked for; null where it is that one. */
  instead: string | null;
  /** `day` is earlier than the last whole one: its figures are those of all that is known now, and nothing is of now but `exceptions`. */
  isPast: boolean;
  pools: StockPoolView[];
  /** What Amazon held of them that day stands in no equation. */
  skusWithoutItem: { pool: string; sku: string; sellable: number; unsellable: number }[];
  /** Open now; of a day that is past those that are about something of that day or before. */
  exceptions: StockException[];
}

export interface StockPoolView {
  name: string;
  countries: string[];
  items: number;
  agree: number;
  amazon: { sellable: number; unsellable: number };
  netsuite: { sellable: number; unsellable: number; inTransit: number };
  /** Terms that are not zero for any item. */
  drift: DriftView[];
  /** Shipped, neither received nor decided. */
  inTransit: number;
  /** The snapshot beside the ledger; null where none was taken, and for a day that is past. */
  now: (Omit<NowUnits, 'item'> & { takenAt: string }) | null;
  /** Items at a place that do not agree, in transit too, by what the difference is worth; last those whose terms cancel each other. */
  differing: StandingRow[];
}

export interface DriftView extends Pick<Drift, 'term' | 'items' | 'units' | 'more' | 'less'> {
  words: string;
  /** Null where no cost is known. */
  value: string | null;
  /** Items at a place without a cost, which `value` leaves out. */
  unpriced: number;
}

/** Null where the connection has no stock. */
export async function stockView(
  source: StockSource,
  settings: ConnectionSettings,
  on: string | null = null,
): Promise<StockView | null> {
  const figures = await loadStockFigures(source, settings, on);
  return figures === null ? null : stockViewOf(source.store.db, figures);
}

export async function stockViewOf(db: Database, figures: StockFigures): Promise<StockView> {
  const { connection, day, today, run, netsuite, policy } = figures;
  const skusWithoutItem = await withoutItem(db, figures);
  const skus = [...skusWithoutItem, ...(run?.waiting ?? [])].map(({ sku }) => sku);
  const pools: StockPoolView[] = [];
  const rows = standingRowsOf(figures);
  if (day !== null)
    for (const pool of policy.pools) {
      const snapshot = await loadSnapshot(db, connection, pool.name);
      const ofPool = { rows: rows.filter((row) => row.pool === pool.name), snapshot };
      pools.push(poolView(figures, pool, ofPool));
    }
  return {
    connection,
    day,
    ageDays: day === null ? null : daysBetween(day, today),
    plannedAt: run?.plannedAt ?? null,
    currency: netsuite?.currency ?? null,
    nothing: day === null ? noFigures(figures) : null,
    instead: figures.instead,
    isPast: figures.isPast,
    pools,
    skusWithoutItem,
    exceptions: await stockExceptions(db, figures, new Set(skus)),
  };
}

function poolView(
  figures: StockFigures,
  { name, countries }: StockFigures['policy']['pools'][number],
  { rows, snapshot }: { rows: readonly StandingRow[]; snapshot: Awaited<ReturnType<typeof loadSnapshot>> },
): StockPoolView {
  const equations = figures.equations.filter(({ pool }) => pool === name);
  const sum = (side: 'amazon' | 'netsuite', place: string) =>
    rows.filter((row) => row.place === place).reduce((units, row) => units + row[side], 0);
  return {
    name,
    countries: [...countries],
    ...itemsAgreeing(rows),
    amazon: { sellable: sum('amazon', 'sellable'), unsellable: sum('amazon', 'unsellable') },
    netsuite: {
      sellable: sum('netsuite', 'sellable'),
      unsellable: sum('netsuite', 'unsellable'),
      inTransit: sum('netsuite', 'inTransit'),
    },
    drift: driftViews(figures, equations),
    inTransit: sum('amazon', 'inTransit'),
    now:
      snapshot === null || figures.isPast
        ? null
        : { takenAt: snapshot.takenAt, ...sumOfNow(unitsNowByItem(snapshot.rows, figures.items, figures.today)) },
    differing: rows.filter((row) => !agrees(row)).sort(byWorth),
  };
}

export function driftViews(figures: StockFigures, equations: readonly StockEquation[]): DriftView[] {
  return driftByTerm(equations)
    .filter(({ parts }) => parts.length > 0)
    .map(({ term, items, units, more, less, parts }) => {
      const { amount, unpriced } = worthIn(figures, parts);
      return { term, words: TERM_WORDS[term], items, units, more, less, value: amount, unpriced };
    });
}

/** The most first, whatever its sign; what has no cost by its units, behind. */
function byWorth(a: StandingRow, b: StandingRow): number {
  const [worthA, worthB] = [worthOfRow(a), worthOfRow(b)];
  if (worthA !== worthB) return worthA > worthB ? -1 : 1;
  return Math.abs(b.difference) - Math.abs(a.difference) || (a.item < b.item ? -1 : 1);
}

function worthOfRow({ differenceValue }: StandingRow): bigint {
  const value = scaled(differenceValue ?? '0');
  return value < 0n ? -value : value;
}

async function withoutItem(
  db: Database,
  { connection, policy, items, day }: StockFigures,
): Promise<StockView['skusWithoutItem']> {
  if (day === null) return [];
  const bySku = new Map<string, StockView['skusWithoutItem'][number]>();
  const held = new Balances(await loadBalancesOn(db, connection, day)).bySku(policy.pools, day);
  for (const { pool, sku, place, units } of held) {
    if (units === 0 || items.atEnd(sku, day) !== null) continue;
    const key = JSON.stringify([pool, sku]);
    const known = bySku.get(key) ?? { pool, sku, sellable: 0, unsellable: 0 };
    bySku.set(key, known);
    known[place] += units;
  }
  return [...bySku.values()].sort((a, b) => b.sellable + b.unsellable - (a.sellable + a.unsellable));
}

/** The terms of a pool, over both places. */
export function termsOf(equations: readonly StockEquation[]): Record<Term, number> {
  return Object.fromEntries(driftByTerm(equations).map(({ term, units }) => [term, units])) as Record<Term, number>;
}

/** Every item at every place, Amazon and NetSuite side by side; no rows where there are no figures. */
export async function stockRowsView(
  source: StockSource,
  settings: ConnectionSettings,
  on: string | null = null,
): Promise<
  (Pick<StockView, 'connection' | 'day' | 'nothing' | 'instead' | 'currency'> & { rows: StandingRow[] }) | null
> {
  const figures = await loadStockFigures(source, settings, on);
  if (figures === null) return null;
  const { connection, day, instead, netsuite } = figures;
  const nothing = day === null ? noFigures(figures) : null;
  return {
    connection,
    day,
    nothing,
    instead,
    currency: netsuite?.currency ?? null,
    rows: standingRowsOf(figures),
  };
}
