/** Transfer orders that somebody made for inbound shipments (`inbound: theirs`). */
import type { Day } from '../money/instant.ts';
import type { TransferOrder } from './stock-plan.ts';

/** One, as NetSuite has it. */
export interface TransferOrderFact {
  netsuiteId: string;
  otherRefNum: string | null;
  memo: string | null;
  lines: readonly { item: string; quantity: number; fulfilled: number; received: number; closed: boolean }[];
  lastFulfilled: Day | null;
}

/** With the shipment that each names, in its PO number before its memo; one that names none of them is left out. */
export function transferOrdersOf(orders: readonly TransferOrderFact[], shipments: readonly string[]): TransferOrder[] {
  const known = new Set(shipments);
  return orders.flatMap(({ netsuiteId, otherRefNum, memo, lines, lastFulfilled }) => {
    const shipmentId = [otherRefNum, memo].flatMap(wordsOf).find((word) => known.has(word));
    if (shipmentId === undefined) return [];
    const isFulfilled = lines.every(({ quantity, fulfilled, closed }) => closed || fulfilled >= quantity);
    return [{ netsuiteId, shipmentId, fulfilled: isFulfilled ? lastFulfilled : null, open: underWay(lines) }];
  });
}

/** Whole words: `FBA15DEMO1` is not named by `FBA15DEMO10`. */
const wordsOf = (text: string | null): string[] => text?.toUpperCase().match(/[A-Z0-9]+/g) ?? [];

function underWay(lines: TransferOrderFact['lines']): { item: string; units: number }[] {
  const units = new Map<string, number>();
  for (const { item, fulfilled, received } of lines) units.set(item, (units.get(item) ?? 0) + fulfilled - received);
  return [...units].filter(([, open]) => open !== 0).map(([item, open]) => ({ item, units: open }));
}
