/** The items that stock is about: what SKUs of ours are mapped to, what moved at our locations, and the members of kits. */
import type { ItemFact, Locations } from '../../clients/netsuite/stock-reads.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn, type Instant } from '../../domain/money/instant.ts';
import { allDecisions } from '../../store/decisions/decisions.ts';
import { loadMatchedSkus, saveMatchedSkus, type MatchedSku } from '../../store/stock/netsuite-stock.ts';
import { loadUnmatchedSkus } from '../../store/stock/skus-of-stock.ts';
import type { Connection } from '../connection.ts';

/** A SKU that is the name or UPC of an active item is one unit of it, from today on; one that NetSuite did not know is asked for again each time. */
export async function matchSkus({ db, name, netsuite, settings }: Connection, now: Instant): Promise<void> {
  const matchedOn = dayIn(now, timeZoneOf(settings, null));
  const found = await Promise.all(
    (await loadUnmatchedSkus(db, name)).map(async (sku): Promise<MatchedSku[]> => {
      const item = await netsuite.lookups.itemByName(sku);
      return item && !item.inactive ? [{ sku, item: item.itemId, matchedOn }] : [];
    }),
  );
  await saveMatchedSkus(db, name, found.flat());
}

/** @param moved items with movements at our locations */
export async function readStockItems(
  { db, name, netsuite }: Connection,
  moved: Iterable<string>,
  locations: Locations,
): Promise<ItemFact[]> {
  const [decisions, matched] = await Promise.all([allDecisions(db, name), loadMatchedSkus(db, name)]);
  const decided = decisions.filter(({ kind }) => kind === 'sku').map(({ choice }) => choice);
  const names = new Set([...decided, ...matched.map(({ item }) => item), ...moved]);
  const items = await netsuite.stock.items([...names], locations);
  const members = new Set(items.flatMap((item) => item.members.map((member) => member.item)));
  const more = [...members].filter((member) => !names.has(member));
  return more.length === 0 ? items : [...items, ...(await netsuite.stock.items(more, locations))];
}
