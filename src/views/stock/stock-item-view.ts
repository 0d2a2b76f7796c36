/** One item: at each place from NetSuite's units through each term to Amazon's, with what makes each term. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { waterfall, type Term } from '../../domain/stock/drift.ts';
import { isSquaredSku } from '../../domain/stock/render-inbound.ts';
import { TERM_WORDS } from '../../domain/stock/render-stock.ts';
import { unitsNowByItem, type NowUnits } from '../../domain/stock/sku-units.ts';
import type { StockEquation } from '../../domain/stock/stock-plan.ts';
import type { Database } from '../../store/database.ts';
import { loadMovementsOf } from '../../store/stock/equation-parts.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { loadSnapshot } from '../../store/stock/snapshots.ts';
import { documentIn } from './exception-days.ts';
import { stockExceptions, type StockException } from './stock-exceptions.ts';
import { daysBetween, loadStockFigures, noFigures, type StockFigures, type StockSource } from './stock-figures.ts';
import { worthIn } from './standing-rows.ts';
import { explainParts, type ExplainedPart } from './term-parts.ts';
import { transitPlaces, type TransitPlace } from './transit-place.ts';

/** Units are NetSuite's, amounts decimal texts in `currency`. */
export interface StockItemView {
  connection: string;
  /** What was asked for: an item, or a SKU. */
  asked: string;
  day: string | null;
  ageDays: number | null;
  currency: string | null;
  nothing: string | null;
  /** Why `day` is another one than was asked for; null where it is that one. */
  instead: string | null;
  /** `day` is earlier than the last whole one: its figures are those of all that is known now. */
  isPast: boolean;
  items: {
    item: string;
    /** SKUs that are this item, and of how many units each is. */
    skus: { sku: string; units: number }[];
    /** Why it cannot be counted; null: it can. */
    uncountable: string | null;
    places: PlaceView[];
    /** In transit, which stands in no equation. */
    transit: TransitPlace[];
    inTransit: TransitView[];
    now: (Omit<NowUnits, 'item'> & { pool: string; takenAt: string })[];
    /** Open exceptions about it that none of the terms names: what moved in transit or on its way home, a shipment. */
    besides: Pick<StockException, 'number' | 'title' | 'act'>[];
  }[];
}

export interface PlaceView {
  pool: string;
  place: string;
  netsuite: number;
  amazon: number;
  unitCost: string | null;
  netsuiteValue: string | null;
  amazonValue: string | null;
  steps: {
    term: Term;
    words: string;
    units: number;
    value: string | null;
    /** What NetSuite's units and all terms up to this one come to. */
    reached: number;
    /** What waits for what. */
    parts: ExplainedPart[];
  }[];
}

/** A shipment that is not squared, in Amazon's units. */
export interface TransitView {
  pool: string;
  shipment: string;
  sku: string;
  status: string;
  shipped: number;
  received: number;
  decided: number;
  inTransit: number;
  over: number;
}

/** Null where the connection has no stock, or neither an item nor a SKU of that name. */
export async function stockItemView(
  source: StockSource,
  settings: ConnectionSettings,
  asked: string,
  on: string | null = null,
): Promise<StockItemView | null> {
  const figures = await loadStockFigures(source, settings, on);
  if (figures === null) return null;
  const names = itemsNamed(figures, asked);
  if (names.length === 0 && figures.day !== null) return null;
  const { db } = source.store;
  const { connection, day, today, netsuite, run } = figures;
  const exceptions = await stockExceptions(db, figures, new Set((run?.waiting ?? []).map(({ sku }) => sku)));
  const items: StockItemView['items'] = [];
  for (const item of names) items.push(await itemView(db, figures, item, exceptions));
  return {
    connection,
    asked,
    day,
    ageDays: day === null ? null : daysBetween(day, today),
    currency: netsuite?.currency ?? null,
    nothing: day === null ? noFigures(figures) : null,
    instead: figures.instead,
    isPast: figures.isPast,
    items,
  };
}

/** The item of that name, else those that the SKU is: a kit is its members. */
function itemsNamed({ equations, netsuite, items, today, on }: StockFigures, asked: string): string[] {
  const isItem =
    equations.some(({ item }) => item === asked) ||
    netsuite?.items.some(({ item, members }) => item === asked && members === null) === true;
  return isItem ? [asked] : (items.atEnd(asked, on ?? today) ?? []).map(({ item }) => item);
}

async function itemView(
  db: Database,
  figures: StockFigures,
  item: string,
  exceptions: readonly StockException[],
): Promise<StockItemView['items'][number]> {
  const { connection, policy, items, today, netsuite, on, isPast } = figures;
  const skus = items.skusOf(item, on ?? today);
  const equations = figures.equations.filter((one) => one.item === item);
  const explained = await explainParts(db, figures, equations, exceptions);
  const status = new Map((await loadInbound(db, connection)).map((one) => [one.shipmentId, one.status]));
  const isOfItem = new Set(skus.map(({ sku }) => sku));
  const now: StockItemView['items'][number]['now'] = [];
  for (const { name } of policy.pools) {
    const snapshot = await loadSnapshot(db, connection, name);
    const units = unitsNowByItem(snapshot?.rows ?? [], items, today).find((one) => one.item === item);
    if (snapshot === null || units === undefined || isPast) continue;
    const { item: _, ...counted } = units;
    now.push({ pool: name, takenAt: snapshot.takenAt, ...counted });
  }
  const places = equations.map((equation) => placeView(figures, equation, explained));
  const inTransit = await transitPlaces(db, figures, item, exceptions);
  const named = new Set(
    places.flatMap(({ steps }) => steps.flatMap(({ parts }) => parts.flatMap((part) => part.exception ?? []))),
  );
  const about = await exceptionsAbout(db, connection, { item, skus: [...isOfItem] }, exceptions);
  return {
    item,
    skus,
    uncountable: netsuite?.items.find((one) => one.item === item)?.uncountable ?? null,
    places,
    transit: inTransit,
    inTransit: figures.inbound
      .filter(
        (one) => !isSquaredSku(one) && (isOfItem.has(one.sku) || one.beyond?.some((beyond) => beyond.item === item)),
      )
      .map(({ shipmentId, ...standing }) => ({
        shipment: shipmentId,
        status: status.get(shipmentId) ?? '',
        ...standing,
      })),
    now,
    besides: about.filter(({ number }) => !named.has(number)).map(({ number, title, act }) => ({ number, title, act })),
  };
}

/** By the end of their key, which names an item or a SKU, or by the movement that it names. */
async function exceptionsAbout(
  db: Database,
  connection: string,
  { item, skus }: { item: string; skus: readonly string[] },
  exceptions: readonly StockException[],
): Promise<StockException[]> {
  const movements = await loadMovementsOf(
    db,
    connection,
    exceptions.map(({ key }) => documentIn(key)),
  );
  const moving = new Set(movements.filter((one) => one.item === item).map(({ netsuiteId }) => netsuiteId));
  return exceptions.filter(
    ({ key }) => [item, ...skus].some((name) => key.endsWith(` ${name}`)) || moving.has(documentIn(key)),
  );
}

function placeView(
  figures: StockFigures,
  equation: StockEquation,
  explained: (equation: StockEquation, term: Term) => ExplainedPart[],
): PlaceView {
  const { pool, place, item, netsuite, amazon } = equation;
  const worth = (units: number) => worthIn(figures, [{ pool, place, item, units }]).amount;
  return {
    pool,
    place,
    netsuite,
    amazon,
    unitCost: figures.costs.of(item, { pool, place }),
    netsuiteValue: worth(netsuite),
    amazonValue: worth(amazon),
    steps: waterfall(equation).map(({ term, units, reached }) => ({
      term,
      words: TERM_WORDS[term],
      units,
      value: worth(units),
      reached,
      parts: explained(equation, term),
    })),
  };
}
