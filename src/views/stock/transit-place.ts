/** An item in transit: Amazon's units beside NetSuite's, and where they differ, what is known of why. */
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { movedInTransit } from '../../domain/stock/in-transit.ts';
import { renderUnits, signedUnits } from '../../domain/stock/render-stock.ts';
import type { Database } from '../../store/database.ts';
import { loadMovementsOf } from '../../store/stock/equation-parts.ts';
import { loadPlannedDocuments } from '../../store/stock/find-documents.ts';
import { documentIn } from './exception-days.ts';
import type { StockException } from './stock-exceptions.ts';
import type { StockFigures } from './stock-figures.ts';
import { transitRowsOf } from './standing-rows.ts';

/** In NetSuite's units. No row of the ledger counts them, so that there are no terms but those of a day that is past. */
export interface TransitPlace {
  pool: string;
  amazon: number;
  netsuite: number;
  /** Amazon less NetSuite. */
  difference: number;
  amazonValue: string | null;
  netsuiteValue: string | null;
  /** Sentences, where they differ. */
  because: string[];
}

export async function transitPlaces(
  db: Database,
  figures: StockFigures,
  item: string,
  exceptions: readonly StockException[],
): Promise<TransitPlace[]> {
  const rows = transitRowsOf(figures).filter((row) => row.item === item);
  const places: TransitPlace[] = [];
  for (const { pool, amazon, netsuite, difference, open, amazonValue, netsuiteValue } of rows) {
    const because = difference === 0 && open === 0 ? [] : await reasons(db, figures, { pool, item, exceptions });
    places.push({ pool, amazon, netsuite, difference, amazonValue, netsuiteValue, because });
  }
  return places;
}

interface Asked {
  pool: string;
  item: string;
  exceptions: readonly StockException[];
}

async function reasons(db: Database, figures: StockFigures, asked: Asked): Promise<string[]> {
  const known = [
    ...astrideOf(figures, asked),
    ...(await plannedOf(db, figures, asked)),
    ...ordersOf(figures, asked),
    ...(await movedByOthers(db, figures, asked)),
  ];
  if (known.length > 0) return known;
  return [
    `no document that is planned and no exception is about it: npx tieout stock opening shows what both had before ${renderDay(figures.policy.from)}, npx tieout inbound each shipment`,
  ];
}

/** Of a day that was asked for: what the one side had by then, and the day on which the other has it. */
function astrideOf({ astride }: StockFigures, { pool, item }: Asked): string[] {
  const own = astride.filter((one) => one.pool === pool && one.item === item);
  return own.flatMap(({ term, units, day, ends, document, shipment }) => {
    const signed = signedUnits(units);
    if (ends !== null) {
      const [amazon, netsuite] = (term === 'waiting' ? [day, ends] : [ends, day]).map(renderDay);
      return `${signed} by ${document}: Amazon's side has it on ${amazon}, NetSuite on ${netsuite}; it ends with ${renderDay(ends)}`;
    }
    // What NetSuite does not have yet of ours is told with the other documents that are planned.
    if (shipment === null) return [];
    if (term === 'waiting') return `${signed} of ${shipment}: on their way for Amazon, and no transfer order has them`;
    const left = document === shipment ? '' : `, left on ${renderDay(day)}`;
    return `${signed} by transfer order ${document} of ${shipment}${left}: more than Amazon has on its way of it; npx tieout inbound ${shipment}`;
  });
}

/** What NetSuite is to have, and has not yet; in `posting: plan` it counts already. */
async function plannedOf(db: Database, { connection, policy }: StockFigures, { pool, item }: Asked): Promise<string[]> {
  if (policy.posting === 'plan') return [];
  return (await loadPlannedDocuments(db, connection)).flatMap(({ document, externalId }) => {
    const moved = movedInTransit(document).filter((one) => one.pool === pool && one.item === item);
    const units = moved.reduce((sum, one) => sum + one.units, 0);
    return units === 0 ? [] : [`${signedUnits(units)} by ${externalId}, which NetSuite does not have yet`];
  });
}

/** Under `theirs`: shipments of which their transfer orders have other units under way, as they are now. */
function ordersOf({ policy, inbound, netsuite, items, today, on }: StockFigures, { pool, item }: Asked): string[] {
  if (policy.inbound !== 'theirs' || on !== null) return [];
  const orders = netsuite?.transferOrders ?? [];
  const unitsOf = ({ sku, inTransit }: (typeof inbound)[number]) =>
    inTransit * (items.atEnd(sku, today) ?? []).reduce((sum, one) => sum + (one.item === item ? one.perSku : 0), 0);
  const shipments = new Set(inbound.filter((one) => one.pool === pool).map(({ shipmentId }) => shipmentId));
  return [...shipments].flatMap((shipmentId) => {
    const amazon = inbound.filter((one) => one.shipmentId === shipmentId).reduce((sum, one) => sum + unitsOf(one), 0);
    const own = orders.filter((order) => order.shipmentId === shipmentId);
    const open = own.flatMap((order) => order.open.filter((line) => line.item === item));
    const ordered = open.reduce((sum, { units }) => sum + units, 0);
    if (amazon === ordered) return [];
    const has = own.length === 0 ? 'no transfer order names it' : `its transfer orders have ${renderUnits(ordered)}`;
    return [`${shipmentId}: Amazon has ${renderUnits(amazon)} on their way, ${has}`];
  });
}

/** Somebody's movements at the location that are raised. */
async function movedByOthers(
  db: Database,
  { connection, policy }: StockFigures,
  { pool, item, exceptions }: Asked,
): Promise<string[]> {
  const location = policy.pools.find(({ name }) => name === pool)!.locations.inTransit;
  const foreign = exceptions.filter(({ code }) => code === 'movement-foreign');
  const lines = await loadMovementsOf(
    db,
    connection,
    foreign.map(({ key }) => documentIn(key)),
  );
  return foreign.flatMap(({ number, key }) => {
    const own = lines.filter((one) => one.netsuiteId === documentIn(key) && one.location === location);
    const units = own.reduce((sum, one) => sum + (one.item === item ? one.units : 0), 0);
    return units === 0 ? [] : [`${signedUnits(units)} in NetSuite by ${key}, which is not ours (exception ${number})`];
  });
}
