import { hasPlan } from '../../domain/documents/document-plans.ts';
import type { StockDocument } from '../../domain/stock/kept-stock.ts';
import { shortLines } from '../../domain/stock/short-lines.ts';
import type { Connection } from '../connection.ts';
import { itemReference, placeReference } from '../posting/references.ts';
import { transferPlaces } from './transfer-places.ts';
import type { StoredStockDocument } from './stored-stock-document.ts';

/** Lines of a transfer or an adjustment that take more than NetSuite has at their location now, by index; none of a receipt. Reads only. */
export async function lackingLines(connection: Connection, document: StoredStockDocument): Promise<number[]> {
  if (hasPlan(document, 'receipt')) return [];
  const { lines } = document.plan;
  const locations = new Map<string, string>();
  if (hasPlan(document, 'transfer'))
    locations.set(keyOf(document.plan.from), (await transferPlaces(connection, document.plan)).from.id);
  else for (const { place } of lines) locations.set(keyOf(place), (await placeReference(connection, place)).id);
  const items = new Map<string, string>();
  for (const { item } of lines) if (!items.has(item)) items.set(item, (await itemReference(connection, item)).id);
  const onHand = await onHandAt(connection, [...new Set(locations.values())], [...items.values()]);
  // Where a transfer brings its units nothing is missing.
  return shortLines({ ...document.plan, key: document.key, day: document.date } as StockDocument, ({ item, ...at }) => {
    const location = locations.get(keyOf(at));
    return location === undefined ? 0 : (onHand.get(`${location} ${items.get(item)!}`) ?? 0);
  });
}

const keyOf = ({ pool, place }: { pool: string; place: string }): string => `${pool} ${place}`;

async function onHandAt(
  { netsuite }: Connection,
  locations: readonly string[],
  items: readonly string[],
): Promise<Map<string, number>> {
  const asked = (of: readonly string[]) => of.map(() => '?').join(', ');
  const rows = await netsuite.suiteql(
    `SELECT location, item, quantityonhand FROM aggregateitemlocation WHERE location IN (${asked(locations)}) AND item IN (${asked(items)}) ORDER BY location, item`,
    [...locations, ...items],
  );
  return new Map(rows.map((row) => [`${row['location']} ${row['item']}`, Number(row['quantityonhand'] ?? '0')]));
}
