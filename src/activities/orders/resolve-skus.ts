/** NetSuite items for the SKUs of an order: a decision of a person first, else the item of that name or UPC. */
import { findDecision, registerWait } from '../../store/decisions/decisions.ts';
import type { Connection } from '../connection.ts';

/** `waited`: a wait was registered before a decision came. */
export type ResolvedSkus =
  { items: Map<string, string>; waited: boolean } | { unknown: string[]; unusable: string | null };

export async function resolveSkus(
  connection: Connection,
  skus: readonly string[],
  workflowId: string,
  worth: { amount: bigint; currency: string },
): Promise<ResolvedSkus> {
  const { name } = connection;
  const first = await Promise.all(skus.map((sku) => resolveSku(connection, sku)));
  if (first.every((resolved) => resolved.id !== null))
    return { items: new Map(first.map((resolved, index) => [skus[index]!, resolved.id!])), waited: false };
  for (const [index, resolved] of first.entries()) {
    if (resolved.id === null)
      await registerWait(connection.db, name, 'sku', skus[index]!, workflowId, await connection.now(), worth);
  }
  // A decision taken between the first look and the registration would be missed: look once more.
  const second = await Promise.all(skus.map((sku) => resolveSku(connection, sku)));
  const unknown = skus.filter((_, index) => second[index]!.id === null);
  if (unknown.length === 0)
    return { items: new Map(second.map((resolved, index) => [skus[index]!, resolved.id!])), waited: true };
  return { unknown, unusable: second.find((resolved) => resolved.unusable !== null)?.unusable ?? null };
}

async function resolveSku(
  connection: Connection,
  sku: string,
): Promise<{ id: string | null; unusable: string | null }> {
  const decided = await findDecision(connection.db, connection.name, 'sku', sku);
  const item = await connection.netsuite.lookups.itemByName(decided ?? sku);
  if (item && !item.inactive) return { id: item.id, unusable: null };
  return {
    id: null,
    unusable: decided === null ? null : `item ${decided} is ${item ? 'inactive' : 'not in NetSuite'}`,
  };
}
