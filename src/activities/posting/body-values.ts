/** What a body of NetSuite holds, as it is written there. */
import type { JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';

/** Lines of a sublist; none where the body has none. */
export function itemsOf(body: JsonObject, sublist: string): JsonObject[] {
  return ((body[sublist] as JsonObject | undefined)?.['items'] ?? []) as JsonObject[];
}

/** The id of a reference such as `{ id: '12' }`. */
export function idOf(reference: JsonValue | undefined): string | undefined {
  return reference === undefined ? undefined : String((reference as JsonObject)['id']);
}
