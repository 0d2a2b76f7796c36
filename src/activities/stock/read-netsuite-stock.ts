import type { ItemAtLocation, ItemFact, Locations } from '../../clients/netsuite/stock-reads.ts';
import { poolsOf } from '../../config/stock-policy.ts';
import type { NetSuiteStockReading } from '../../contracts/stock/stock-activities.ts';
import { addDays, dayIn, type Day, type Instant } from '../../domain/money/instant.ts';
import { openAuthorisations } from '../../domain/stock/authorisations.ts';
import { isWhole, whyNotCountable } from '../../domain/stock/countable.ts';
import { isEnded } from '../../domain/stock/inbound-statuses.ts';
import type { OpenAuthorisation } from '../../domain/stock/stock-plan.ts';
import { hasUnderWay, transferOrdersOf } from '../../domain/stock/transfer-orders.ts';
import type { TransferOrder } from '../../domain/stock/transfer-order.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { loadInbound } from '../../store/stock/inbound.ts';
import { sumMovements } from '../../store/stock/netsuite-movements.ts';
import { loadNetSuiteStock, saveNetSuiteStock, type StockItem } from '../../store/stock/netsuite-stock.ts';
import type { Connection } from '../connection.ts';
import { customerReference, locationNamed, subsidiaryCurrency } from '../posting/references.ts';
import { controlMovements, readOrigins, takeInMovements } from './read-movements.ts';
import { matchSkus, readStockItems } from './read-stock-items.ts';
import { stockSettings } from './stock-reading.ts';

/** Transfer orders of a shipment that is over, said nothing new for so long and has nothing under way are read again once a day only. */
const SHIPMENT_DAYS = 180;
/** The day on which transfer orders of all shipments were last read. */
const ALL_ORDERS_MARK = 'stock-orders-of-all';

/**
 * What NetSuite says of its stock: movements of documents that changed, what is on hand, items with their costs, open
 * authorisations and transfer orders. Reads only. Idempotent: movements are kept by document and line, the rest takes the place
 * of what was read before.
 * @throws ApplicationFailure `SETTING_UNKNOWN` where NetSuite lacks a location, customer or subsidiary of the settings
 */
export async function readNetSuiteStock(connection: Connection): Promise<NetSuiteStockReading> {
  const { db, name, netsuite } = connection;
  const readAt = await connection.now();
  const { counted, sources } = await locationsOf(connection);
  const currency = await subsidiaryCurrency(connection);
  const changed = (await takeInMovements(connection, counted)) + (await readOrigins(connection, counted));
  const control = await controlMovements(connection, counted, await netsuite.stock.atLocations(counted));
  await matchSkus(connection, readAt);
  const moved = (await sumMovements(db, name)).map(({ item }) => item);
  const items = await readStockItems(connection, moved, counted);
  const names = items.map(({ item }) => item);
  const atSources = sources.size === 0 ? [] : await netsuite.stock.atLocations(sources, names);
  const { transferOrders, ofAll } = await readTransferOrders(connection, readAt);
  const held = [...control.held, ...atSources];
  await saveNetSuiteStock(db, name, {
    currency,
    readAt,
    items: stockItems(items, held),
    onHand: held.map(({ averageCost: _, ...units }) => ({
      ...units,
      onHand: Math.trunc(units.onHand),
      committed: Math.trunc(units.committed),
      available: Math.trunc(units.available),
    })),
    authorisations: await readAuthorisations(connection),
    transferOrders,
  });
  if (ofAll !== null) await writeMark(db, name, ALL_ORDERS_MARK, ofAll);
  return { documents: changed + control.documents, readAgain: control.readAgain };
}

/** The places of the pools, and the seller's own warehouses, whose stock is not ours to count. */
async function locationsOf(connection: Connection): Promise<{ counted: Locations; sources: Locations }> {
  const pools = poolsOf(stockSettings(connection));
  const idsOf = async (names: readonly string[]): Promise<Locations> => {
    const entries = [...new Set(names)].map(
      async (name) => [(await locationNamed(connection, name)).id, name] as const,
    );
    return new Map(await Promise.all(entries));
  };
  return {
    counted: await idsOf(
      pools.flatMap(({ locations: { sellable, unsellable, inTransit, removal } }) => [
        sellable,
        unsellable,
        inTransit,
        removal,
      ]),
    ),
    sources: await idsOf(pools.map(({ locations }) => locations.source)),
  };
}

function stockItems(items: readonly ItemFact[], held: readonly ItemAtLocation[]): StockItem[] {
  const byItem = new Map<string, ItemAtLocation[]>();
  for (const one of held) byItem.set(one.item, [...(byItem.get(one.item) ?? []), one]);
  return items.map((fact) => {
    const own = byItem.get(fact.item) ?? [];
    const part = own.find(({ onHand }) => !isWhole(onHand));
    return {
      item: fact.item,
      netsuiteId: fact.netsuiteId,
      members: fact.type === 'Kit' ? fact.members : null,
      uncountable: whyNotCountable(fact) ?? (part ? `has a part of a unit at ${part.location} (${part.onHand})` : null),
      lastPurchasePrice: fact.lastPurchasePrice,
      averages: own.flatMap(({ location, averageCost }) =>
        averageCost === null ? [] : [{ location, cost: averageCost }],
      ),
    };
  });
}

async function readAuthorisations(connection: Connection): Promise<OpenAuthorisation[]> {
  const customers = await Promise.all(
    connection.settings.marketplaces.map(async ({ id }) => (await customerReference(connection, id)).id),
  );
  const lines = await connection.netsuite.stock.openAuthorisations([...new Set(customers)]);
  return openAuthorisations(connection.name, lines);
}

/**
 * Of every shipment, however old: a day that is past is told by what left then. Of those that are long over what was read
 * stays between two readings.
 * @returns `ofAll` the day, where all were read
 */
async function readTransferOrders(
  connection: Connection,
  now: Instant,
): Promise<{ transferOrders: TransferOrder[]; ofAll: Day | null }> {
  if (stockSettings(connection).inbound !== 'theirs') return { transferOrders: [], ofAll: null };
  const { db, name, netsuite } = connection;
  const today = dayIn(now, 'UTC');
  const isOfAll = (await readMark(db, name, ALL_ORDERS_MARK)) !== today;
  const since = addDays(today, -SHIPMENT_DAYS);
  const before = (await loadNetSuiteStock(db, name))?.transferOrders ?? [];
  const underWay = new Set(before.filter(hasUnderWay).map(({ shipmentId }) => shipmentId));
  const shipments = await loadInbound(db, name);
  const asked = shipments
    .filter(
      ({ shipmentId, status, changedAt }) =>
        isOfAll || !isEnded(status) || changedAt >= since || underWay.has(shipmentId),
    )
    .map(({ shipmentId }) => shipmentId);
  const facts = asked.length === 0 ? [] : await netsuite.stock.transferOrders(asked);
  const read = transferOrdersOf(
    facts,
    shipments.map(({ shipmentId }) => shipmentId),
  );
  const known = new Set([...asked, ...read.map(({ netsuiteId }) => netsuiteId)]);
  const kept = before.filter(({ shipmentId, netsuiteId }) => !known.has(shipmentId) && !known.has(netsuiteId));
  return { transferOrders: [...read, ...kept], ofAll: isOfAll ? today : null };
}
