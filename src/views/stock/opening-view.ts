/** The opening: what Amazon and NetSuite held before `stock.from`, what of the difference is booked, and who has to approve it. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { addDays } from '../../domain/money/instant.ts';
import type { NetSuiteStand, OpeningStand, StockDocument } from '../../domain/stock/kept-stock.ts';
import { unitsAtPlaces } from '../../domain/stock/open-movements.ts';
import { ASTRIDE_DAYS } from '../../domain/stock/open-rows.ts';
import {
  openingBooked,
  openingUnits,
  skusOutside,
  type OpeningUnits,
  type SkuOutside,
} from '../../domain/stock/opening.ts';
import { standOf } from '../../domain/stock/opening-stands.ts';
import { decisionsOf } from '../../domain/stock/stock-decisions.ts';
import type { Units } from '../../domain/stock/stock-plan.ts';
import { summedUnits } from '../../domain/stock/summed-units.ts';
import type { Worth } from '../../domain/stock/stock-worth.ts';
import type { Database } from '../../store/database.ts';
import { loadKeptStock } from '../../store/stock/kept-stock.ts';
import { loadOpenMovements, sumMovements } from '../../store/stock/netsuite-movements.ts';
import { loadStockDecisions } from '../../store/stock/stock-decisions.ts';
import type { KeptDocument } from '../../store/stock/stock-documents.ts';
import { openingChanges, type OpeningChanges } from './opening-changes.ts';
import { loadStockFigures, type StockFigures, type StockSource } from './stock-figures.ts';
import { worthIn } from './standing-rows.ts';

/** Units are NetSuite's, amounts decimal texts in `currency`. */
export interface OpeningView {
  connection: string;
  /** First day that is ours: the opening is dated it. */
  from: string;
  currency: string | null;
  /** Why there is none yet; null where Amazon's side is read. */
  nothing: string | null;
  pools: OpeningPoolView[];
}

export interface OpeningPoolView {
  pool: string;
  /** NetSuite's side is read with the approval; until then it is what stands there now of the days before. */
  isPreliminary: boolean;
  approved: 'all' | 'some' | 'none';
  /** What is neither booked nor planned yet, in units and what they are worth. */
  left: { units: number } & Worth;
  /** What is booked and NetSuite no longer has so, since somebody changed it there; null where nothing is. */
  changed: { units: number; acts: string[] } | null;
  /** What approves it; null where it is approved. In `posting: plan` it counts as approved, and what is planned is posted with the approval once the connection is live. */
  act: string | null;
  /** In `posting: plan`: nothing more is posted, and openings need no approval to be planned. */
  isPlanning: boolean;
  items: OpeningItemView[];
  /** SKUs without an item, in Amazon's units: what they hold is in none of the figures. */
  skusWithoutItem: { sku: string; units: number }[];
}

export interface OpeningItemView {
  item: string;
  place: string;
  amazon: number;
  netsuite: number;
  difference: number;
  /** Posted. */
  booked: number;
  /** In `posting: plan`, what is planned besides. */
  planned: number;
  /** NetSuite's units of what is booked less that, since somebody changed it there; counters of it included. */
  changed: number;
  approved: boolean;
  unitCost: string | null;
  /** Of the difference. */
  value: string | null;
}

/** Null where the connection has no stock. */
export async function openingView(source: StockSource, settings: ConnectionSettings): Promise<OpeningView | null> {
  const figures = await loadStockFigures(source, settings);
  if (figures === null) return null;
  const { connection, policy, netsuite } = figures;
  const { db } = source.store;
  const { kept, documents } = await loadKeptStock(db, connection, { usedFrom: NEVER, through: null });
  const head = { connection, from: policy.from, currency: netsuite?.currency ?? null };
  const nothing = `Amazon's summary of ${renderDay(addDays(policy.from, -1))} has not come for every pool yet.`;
  if (kept.opening === null) return { ...head, nothing, pools: [] };
  const movements = (
    await loadOpenMovements(db, connection, {
      from: addDays(policy.from, -ASTRIDE_DAYS),
      to: policy.from,
      isStood: kept.opening.netsuite.length > 0,
    })
  ).filter(({ day }) => day < policy.from);
  const opening = await withStand(db, figures, kept.opening, movements);
  const units = openingUnits({ ...kept, opening, items: figures.items, policy, facts: { movements } });
  const isApproved = await approvedItems(db, connection);
  const outside = skusOutside(opening, figures.items, policy.from);
  const booked = summedUnits(openingBooked(documentsIn(documents, (state) => state === 'posted')));
  const isPlanned = (state: KeptDocument['state']) => policy.posting === 'plan' && state !== 'posted';
  const planned = summedUnits(openingBooked(documentsIn(documents, isPlanned)));
  const changes = await openingChanges(db, figures, { kept, documents });
  return {
    ...head,
    nothing: null,
    pools: policy.pools.map(({ name }) =>
      poolView(figures, name, {
        units: units.filter(({ pool }) => pool === name),
        outside: outside.filter(({ pool }) => pool === name),
        booked,
        planned,
        changes,
        isApproved,
        isRead: (item) => standOf(kept.opening, { pool: name, item }) !== null,
      }),
    ),
  };
}

/** Lines of reports that rows used up tell nothing of the opening: none is asked for. */
const NEVER = '9999-12-31';

/** Of what is not read yet, NetSuite's stand at the end of the day before, from what it has moved up to then. */
async function withStand(
  db: Database,
  { connection, policy }: StockFigures,
  opening: OpeningStand,
  movements: readonly { netsuiteId: string; line: number }[],
): Promise<OpeningStand> {
  const stood = unitsAtPlaces(policy.pools, await sumMovements(db, connection, addDays(policy.from, -1)));
  const left: NetSuiteStand = {
    pool: null,
    items: null,
    units: stood.filter((one) => standOf(opening, one) === null),
    movements: movements.map(({ netsuiteId, line }) => ({ document: netsuiteId, line })),
    last: null,
  };
  return { ...opening, netsuite: [...opening.netsuite, left] };
}

function documentsIn(
  documents: readonly KeptDocument[],
  isIn: (state: KeptDocument['state']) => boolean,
): StockDocument[] {
  return documents.flatMap(({ state, document }) => (isIn(state) && document.hold === null ? [document] : []));
}

async function approvedItems(db: Database, connection: string): Promise<(pool: string, item: string) => boolean> {
  const decisions = decisionsOf(await loadStockDecisions(db, connection), 'approveOpening');
  return (pool, item) => decisions.some((one) => one.pool === pool && (one.items === null || one.items.includes(item)));
}

function poolView(
  figures: StockFigures,
  pool: string,
  of: {
    units: readonly OpeningUnits[];
    outside: readonly SkuOutside[];
    booked: readonly Units[];
    planned: readonly Units[];
    changes: OpeningChanges;
    isApproved: (pool: string, item: string) => boolean;
    isRead: (item: string) => boolean;
  },
): OpeningPoolView {
  const ofPool = (units: readonly Units[]) =>
    new Map(units.filter((one) => one.pool === pool).map((one) => [`${one.place} ${one.item}`, one.units]));
  const [booked, planned] = [ofPool(of.booked), ofPool(of.planned)];
  const changed = ofPool(summedUnits(of.changes.units));
  const items = of.units
    .map(({ item, place, amazon, netsuite }): OpeningItemView => {
      const at = { pool, item, place };
      const difference = amazon - netsuite!;
      return {
        item,
        place,
        amazon,
        netsuite: netsuite!,
        difference,
        booked: booked.get(`${place} ${item}`) ?? 0,
        planned: planned.get(`${place} ${item}`) ?? 0,
        changed: changed.get(`${place} ${item}`) ?? 0,
        approved: of.isApproved(pool, item),
        unitCost: figures.costs.of(item, at),
        value: worthIn(figures, [{ ...at, units: difference }]).amount,
      };
    })
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.item < b.item ? -1 : 1));
  const differing = items.filter(({ difference }) => difference !== 0);
  const approved = differing.filter((one) => one.approved).length;
  const left = differing.map((one) => ({
    pool,
    item: one.item,
    place: one.place as Units['place'],
    units: one.difference - one.booked - one.planned,
  }));
  const changes = items.filter((one) => one.changed !== 0);
  const isAll = approved === differing.length;
  return {
    pool,
    isPreliminary: items.length === 0 ? !of.isRead('') : items.some(({ item }) => !of.isRead(item)),
    approved: isAll ? 'all' : approved === 0 ? 'none' : 'some',
    left: { units: left.reduce((sum, { units }) => sum + units, 0), ...worthIn(figures, left) },
    changed:
      changes.length === 0
        ? null
        : {
            units: changes.reduce((sum, one) => sum + one.changed, 0),
            acts: of.changes.acts.filter((one) => one.pool === pool).map(({ act }) => act),
          },
    act: isAll ? null : `npx tieout approve-opening ${pool} --why "…"`,
    isPlanning: figures.policy.posting === 'plan',
    items,
    skusWithoutItem: of.outside.map(({ sku, units: held }) => ({ sku, units: held })),
  };
}
