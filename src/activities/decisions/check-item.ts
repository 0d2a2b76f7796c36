import type { Connection } from '../connection.ts';
import type { ItemCheck } from '../../contracts/decisions/decision-activities.ts';

/** Whether NetSuite has an active item of that itemid. Reads only. */
export async function checkItem(
  connection: Connection,
  input: { connection: string; item: string },
): Promise<ItemCheck> {
  const item = await connection.netsuite.lookups.itemByName(input.item);
  if (!item)
    return {
      id: '',
      itemId: input.item,
      problem: { type: 'ITEM_UNKNOWN', sentence: `NetSuite has no item ${input.item}.` },
    };
  if (item.inactive)
    return {
      id: item.id,
      itemId: item.itemId,
      problem: { type: 'ITEM_INACTIVE', sentence: `NetSuite item ${item.itemId} (${item.id}) is inactive.` },
    };
  return { id: item.id, itemId: item.itemId, problem: null };
}
