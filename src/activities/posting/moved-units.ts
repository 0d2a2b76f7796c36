/**
 * What a document of stock moves: units of each item at each location, above zero what comes in. It is compared by these
 * sums, since NetSuite makes other lines of it than its body has: of a transfer two of each, of a receipt those of kits.
 */
import type { HeldLine, JsonObject, JsonValue } from '../../clients/netsuite/netsuite-client.ts';
import type { LineFacts } from '../../domain/documents/compare-document.ts';
import { kindOf, type Purpose } from '../../domain/documents/document-kinds.ts';
import { idOf, itemsOf } from './body-values.ts';
import type { PostingCall } from './posting-call.ts';

/** Whether documents of a kind are compared by what they move. */
export function movesStock(purpose: Purpose): boolean {
  return kindOf(purpose).of === 'stock';
}

/** By the body of a call: a transfer's lines leave its location for the other one; a receipt says what it takes. */
export async function plannedUnits(call: PostingCall): Promise<LineFacts[]> {
  const { location: from, transferLocation: to } = call.body;
  if (to !== undefined)
    return summed(
      itemsOf(call.body, 'inventory').flatMap((line) => [
        moved(line, { location: idOf(from), sign: -1 }),
        moved(line, { location: idOf(to) }),
      ]),
    );
  const lines =
    call.kind === 'create' ? itemsOf(call.body, 'inventory') : (((await call.taken?.()) ?? []) as JsonObject[]);
  return summed(lines.map((line) => moved(line, { location: idOf(line['location']) })));
}

/** By NetSuite's lines: those that change what is on hand; where none does, as of a return that was written off, all. */
export function heldUnits(lines: readonly HeldLine[]): LineFacts[] {
  const units = lines.filter(({ main, item, quantity }) => !main && item !== undefined && quantity !== undefined);
  const affecting = units.filter(({ affectsStock }) => affectsStock);
  return summed(
    (affecting.length > 0 ? affecting : units).map(({ item, location, quantity }) => ({
      item: item!,
      location,
      quantity: quantity!,
    })),
  );
}

interface Moved {
  item: string;
  location: string | undefined;
  quantity: number;
}

function moved(line: JsonObject, { location, sign = 1 }: { location: string | undefined; sign?: 1 | -1 }): Moved {
  const units: JsonValue | undefined = line['adjustQtyBy'] ?? line['quantity'];
  return { item: idOf(line['item'])!, location, quantity: sign * Number(units) };
}

function summed(moves: readonly Moved[]): LineFacts[] {
  const sums = new Map<string, Moved>();
  for (const { item, location, quantity } of moves) {
    const key = `${item} ${location ?? ''}`;
    sums.set(key, { item, location, quantity: (sums.get(key)?.quantity ?? 0) + quantity });
  }
  return [...sums.values()]
    .filter(({ quantity }) => quantity !== 0)
    .map(({ item, location, quantity }) => ({ item, quantity, ...(location === undefined ? {} : { location }) }));
}
