/** NetSuite's items behind SKUs, by name: a kit with its members, since those are what costs. Reads only. */
import { inBatches } from '../../store/in-batches.ts';
import { decidedItems } from '../../store/profit/profit-facts.ts';
import type { Connection } from '../connection.ts';
import { marks } from './ledger-query.ts';

export interface ItemOfSku {
  item: string;
  /** Of a kit: how many of each are in one. Empty for an item with stock of its own. */
  members: Map<string, number>;
}

/** As people decided, else the item of that name or UPC; SKUs without one are left out. */
export async function itemsOfSkus(connection: Connection, skus: readonly string[]): Promise<Map<string, ItemOfSku>> {
  const { db, name, netsuite } = connection;
  const decided = await decidedItems(db, name);
  const wanted = [...new Set(skus)];
  const heads = await Promise.all(wanted.map((sku) => netsuite.lookups.itemByName(decided.get(sku) ?? sku)));
  const found = heads.flatMap((head, index) => (head === null ? [] : [{ sku: wanted[index]!, head }]));
  const kits = [...new Set(found.flatMap(({ head }) => (head.type === 'Kit' ? [head.id] : [])))];
  const members = new Map<string, Map<string, number>>();
  for (const some of inBatches(kits))
    for (const row of await netsuite.suiteql(
      'SELECT k.parentitem AS kit, m.itemid AS item, k.quantity AS quantity FROM kititemmember k JOIN item m ON m.id = k.item ' +
        `WHERE k.parentitem IN (${marks(some)}) ORDER BY k.parentitem, m.itemid`,
      some,
    )) {
      const of = members.get(row['kit']!) ?? new Map<string, number>();
      const item = row['item'] ?? '';
      members.set(row['kit']!, of.set(item, (of.get(item) ?? 0) + Number(row['quantity'] ?? 0)));
    }
  return new Map(
    found.map(({ sku, head }) => [
      sku,
      { item: head.itemId, members: members.get(head.id) ?? new Map<string, number>() },
    ]),
  );
}

/** Names of items by internal id. */
export async function itemNames({ netsuite }: Connection, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const some of inBatches([...new Set(ids)]))
    for (const row of await netsuite.suiteql(
      `SELECT id, itemid FROM item WHERE id IN (${marks(some)}) ORDER BY id`,
      some,
    ))
      names.set(row['id']!, row['itemid'] ?? '');
  return names;
}
