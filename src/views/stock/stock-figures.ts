/** What the views of stock have in common: the equations of a day, items and costs, and what the last planning left. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { stockPolicyOf } from '../../config/stock-policy.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { addDays, dayIn, type Day } from '../../domain/money/instant.ts';
import { skuMappingsOf } from '../../domain/stock/sku-mappings.ts';
import { SkuItems } from '../../domain/stock/sku-items.ts';
import type { StockEquation, StockPolicy } from '../../domain/stock/stock-plan.ts';
import { UnitCosts } from '../../domain/stock/unit-cost.ts';
import { databaseNow } from '../../store/decisions/waiting.ts';
import { loadMatchedSkus, loadNetSuiteStock, type NetSuiteStock } from '../../store/stock/netsuite-stock.ts';
import { loadDecidedSkus } from '../../store/stock/sku-mappings.ts';
import { loadStandings, loadStockRun, type StockRun } from '../../store/stock/standings.ts';
import type { ViewSource } from '../view-source.ts';

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
  /** Null until it was read. */
  netsuite: NetSuiteStock | null;
  items: SkuItems;
  costs: UnitCosts;
}

/** @param on the last day that counts; null: the last for which there are figures. Null where the connection has no stock. */
export async function loadStockFigures(
  { store: { db }, world }: StockSource,
  settings: ConnectionSettings,
  on: Day | null = null,
): Promise<StockFigures | null> {
  if (settings.stock === undefined) return null;
  const { name: connection } = settings;
  const policy = stockPolicyOf(settings, settings.stock);
  const run = await loadStockRun(db, connection);
  const last = run?.day ?? null;
  const day = last === null || on === null || on > last ? last : on < policy.from ? null : on;
  const netsuite = await loadNetSuiteStock(db, connection);
  const timeZone = timeZoneOf(settings, null);
  const matched = await loadMatchedSkus(db, connection);
  const decided = await loadDecidedSkus(db, connection);
  const mappings = skuMappingsOf({ matched, decided, items: netsuite?.items ?? [] }, timeZone);
  const now = world.simulators === null || run === null ? await databaseNow(db) : run.plannedAt;
  return {
    connection,
    policy,
    run,
    day,
    instead: day === null || on === null || day === on ? null : dayInstead(day, on),
    today: dayIn(now, timeZone),
    equations: day === null ? [] : await loadStandings(db, connection, day),
    netsuite,
    items: new SkuItems(mappings),
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
export function noFigures({ connection, policy, run }: StockFigures): string {
  if (run === null)
    return `Stock of ${connection} has not been looked at yet. It is by its schedule, from ${renderDay(policy.from)} on.`;
  if (run.day === null)
    return `Stock of ${connection} has no whole day yet: Amazon's summary of ${renderDay(addDays(policy.from, -1))} is awaited.`;
  return `Stock of ${connection} begins on ${renderDay(policy.from)}: there are no figures before.`;
}
