/** NetSuite items for the SKUs of an order: a decision of a person first, else one unit of the item of that name or UPC. */
import { findDecision, registerWait } from '../../store/decisions/decisions.ts';
import type { Connection } from '../connection.ts';

/** NetSuite's internal id, and how many units of the item one of the SKU is. */
export interface MappedItem {
  id: string;
  units: number;
}
/** `waited`: a wait was registered before a decision came. */
export type ResolvedSkus =
  { items: Map<string, MappedItem>; waited: boolean } | { unknown: string[]; unusable: string | null };

export async function resolveSkus(
  connection: Connection,
  skus: readonly string[],
  workflowId: string,
  worth: { amount: bigint; currency: string },
): Promise<ResolvedSkus> {
  const { name } = connection;
  const first = await Promise.all(skus.map((sku) => resolveSku(connection, sku)));
  if (first.every(({ item }) => item !== null))
    return { items: new Map(first.map(({ item }, index) => [skus[index]!, item!])), waited: false };
  for (const [index, { item }] of first.entries()) {
    if (item === null)
      await registerWait(connection.db, name, 'sku', skus[index]!, workflowId, await connection.now(), worth);
  }
  // A decision taken between the first look and the registration would be missed: look once more.
  const second = await Promise.all(skus.map((sku) => resolveSku(connection, sku)));
  const unknown = skus.filter((_, index) => second[index]!.item === null);
  if (unknown.length === 0)
    return { items: new Map(second.map(({ item }, index) => [skus[index]!, item!])), waited: true };
  return { unknown, unusable: second.find((resolved) => resolved.unusable !== null)?.unusable ?? null };
}

async function resolveSku(
  connection: Connection,
  sku: string,
): Promise<{ item: MappedItem | null; unusable: string | null }> {
  const decided = await findDecision(connection.db, connection.name, 'sku', sku);
  const item = await connection.netsuite.lookups.itemByName(decided?.choice ?? sku);
  if (item && !item.inactive) return { item: { id: item.id, units: decided?.units ?? 1 }, unusable: null };
  return {
    item: null,
    unusable: decided === null ? null : `item ${decided.choice} is ${item ? 'inactive' : 'not in NetSuite'}`,
  };
}
