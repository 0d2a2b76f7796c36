/** What the views of stock have in common: the equations of a day, items and costs, and what the last planning left. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { stockPolicyOf } from '../../config/stock-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { addDays, dayIn, type Day } from '../../domain/money/instant.ts';
import { skuMappingsOf } from '../../domain/stock/sku-mappings.ts';
import { SkuItems } from '../../domain/stock/sku-items.ts';
import type { TransitAstride } from '../../domain/stock/transit-part.ts';
import type { InboundStanding, StockEquation, StockPolicy, Units } from '../../domain/stock/stock-plan.ts';
import { UnitCosts } from '../../domain/stock/unit-cost.ts';
import type { Database } from '../../store/database.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { loadMatchedSkus, loadNetSuiteStock, type NetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import { loadDecidedSkus } from '../../store/stock/sku-mappings.ts';
import { loadStandings, loadStockRun, type StockRun } from '../../store/stock/standings.ts';
import type { ViewSource } from '../view-source.ts';
import { loadInTransitNow } from './in-transit-now.ts';
import { loadPastDay } from './past-day.ts';

/** Beside simulators the demo clock says which day it is, and only they know it. */
export type StockSource = ViewSource & { world: { simulators: object | null } };

export interface StockFigures {
  connection: string;
  policy: StockPolicy;
  run: StockRun | null;
  /** Of the equations; null while there is none. */
  day: Day | null;
  /** Why it is another day than the one that was asked for; null where it is that one. */
  instead: string | null;
  /** Of the last planning beside simulators. */
  today: Day;
  equations: StockEquation[];
  /** Where inbound shipments stand: now, or at the end of the day that was asked for. */
  inbound: InboundStanding[];
  /** NetSuite's units in transit of the same time, by pool and item. */
  inTransit: Units[];
  /** Of a day that was asked for: what of it one side had by then and the other had not. */
  astride: TransitAstride[];
  /** The day that was asked for, of which the units in transit and the items of SKUs are; null: they are of now. */
  on: Day | null;
  /** The day is earlier than the last whole one: what is of now is none of it. */
  isPast: boolean;
  /** Something was read that no run has worked out yet, and the day that was asked for cannot be told until then. */
  isBetween: boolean;
  /** Null until it was read. */
  netsuite: NetSuiteStock | null;
  items: SkuItems;
  costs: UnitCosts;
}

/**
 * All of it in one snapshot, since runs go on meanwhile.
 * @param on the last day that counts; null: the last for which there are figures. Null where the connection has no stock.
 */
export async function loadStockFigures(
  { store: { db }, world }: StockSource,
  settings: ConnectionSettings,
  on: Day | null = null,
): Promise<StockFigures | null> {
  return stockFiguresOn(db, settings, { on, isDemo: world.simulators !== null });
}

/** The same without a running world: for who works out a month. */
export async function stockFiguresOn(
  db: Database,
  settings: ConnectionSettings,
  { on, isDemo }: { on: Day | null; isDemo: boolean },
): Promise<StockFigures | null> {
  if (settings.stock === undefined) return null;
  const policy = stockPolicyOf(settings, settings.stock);
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute((tx) => figuresIn(tx, settings, { policy, on, isDemo }));
}

async function figuresIn(
  tx: Database,
  settings: ConnectionSettings,
  { policy, on, isDemo }: { policy: StockPolicy; on: Day | null; isDemo: boolean },
): Promise<StockFigures> {
  const { name: connection } = settings;
  const run = await loadStockRun(tx, connection);
  const netsuite = await loadNetSuiteStock(tx, connection);
  const timeZone = timeZoneOf(settings, null);
  const matched = await loadMatchedSkus(tx, connection);
  const decided = await loadDecidedSkus(tx, connection);
  const items = new SkuItems(skuMappingsOf({ matched, decided, items: netsuite?.items ?? [] }, timeZone));
  const last = run?.day ?? null;
  const day = last === null || on === null || on > last ? last : on < policy.from ? null : on;
  const asked = on !== null && day !== null ? { policy, items, netsuite, day, last: last! } : null;
  const past = asked === null ? null : await loadPastDay(tx, settings, asked);
  const isBetween = past?.equations === null;
  const equations = past === null ? (day === null ? [] : await loadStandings(tx, connection, day)) : past.equations;
  return {
    connection,
    policy,
    run,
    day: isBetween ? null : day,
    instead: day === null || on === null || day === on ? null : dayInstead(day, on),
    today: dayIn(isDemo && run !== null ? run.plannedAt : await databaseNow(tx), timeZone),
    equations: equations ?? [],
    inbound: past?.inbound ?? run?.inbound ?? [],
    inTransit: past?.inTransit ?? (await loadInTransitNow(tx, { connection, policy, netsuite, run })),
    astride: past?.astride ?? [],
    on: asked?.day ?? null,
    isPast: day !== null && day !== last,
    isBetween,
    netsuite,
    items,
    costs: new UnitCosts(netsuite?.items ?? [], policy.pools),
  };
}

/** Whole days from one to the other. */
export function daysBetween(day: Day, later: Day): number {
  return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
}

function dayInstead(day: Day, on: Day): string {
  return `${renderDay(on)} is not whole yet: these are the figures of ${renderDay(day)}, the last whole day.`;
}

/** Why there are no figures, as a sentence. */
export function noFigures({ connection, policy, run, isBetween }: StockFigures): string {
  if (isBetween)
    return `Stock of ${connection} is being looked at: something was read that its figures do not count yet. Ask again when that is done.`;
  if (run === null)
    return `Stock of ${connection} has not been looked at yet. It is by its schedule, from ${renderDay(policy.from)} on.`;
  if (run.day === null)
    return `Stock of ${connection} has no whole day yet: Amazon's summary of ${renderDay(addDays(policy.from, -1))} is awaited.`;
  return `Stock of ${connection} begins on ${renderDay(policy.from)}: there are no figures before.`;
}
