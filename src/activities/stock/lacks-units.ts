import { hasPlan } from '../../domain/documents/document-plans.ts';
import type { StoredDocument } from '../../store/documents/documents.ts';
import type { Connection } from '../connection.ts';
import { itemReference, placeReference } from '../posting/references.ts';

/** Whether the location that a transfer leaves holds less of an item than it takes; false of what is no transfer. Reads only. */
export async function lacksUnits(connection: Connection, document: StoredDocument): Promise<boolean> {
  if (!hasPlan(document, 'transfer')) return false;
  const { from, lines } = document.plan;
  const wanted = new Map<string, number>();
  for (const { item, units } of lines) wanted.set(item, (wanted.get(item) ?? 0) + units);
  const [location, items] = await Promise.all([
    placeReference(connection, from),
    Promise.all([...wanted.keys()].map((item) => itemReference(connection, item))),
  ]);
  const rows = await connection.netsuite.suiteql(
    `SELECT item, quantityonhand FROM aggregateitemlocation WHERE location = ? AND item IN (${items.map(() => '?').join(', ')}) ORDER BY item`,
    [location.id, ...items.map(({ id }) => id)],
  );
  const onHand = new Map(rows.map((row) => [row['item'], Number(row['quantityonhand'] ?? '0')]));
  return [...wanted.values()].some((units, index) => units > (onHand.get(items[index]!.id) ?? 0));
}
