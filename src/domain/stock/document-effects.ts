/** What a document of ours does to the units of each item at each place. */
import type { LineRef, StockDocument } from './kept-stock.ts';
import { externalIdOf } from '../identifiers/external-id.ts';
import type { Units } from './stock-plan.ts';

export interface LineEffect extends Units {
  ref: LineRef;
}

/** One effect a line, of a transfer two. */
export function lineEffects(document: StockDocument): LineEffect[] {
  const externalId = externalIdOf(document.key);
  return document.lines.flatMap(({ item, units, place }, line): LineEffect[] => {
    const ref = { document: externalId, line };
    if (!('from' in document)) return [{ ...place, item, units, ref }];
    return [
      { ...document.from, item, units: -units, ref },
      { ...document.to, item, units, ref },
    ];
  });
}

/** Summed by item and place. */
export function effectsOf(document: StockDocument): Units[] {
  const sums = new Map<string, Units>();
  for (const { pool, place, item, units } of lineEffects(document)) {
    const key = `${pool} ${place} ${item}`;
    const sum = sums.get(key);
    if (sum) sum.units += units;
    else sums.set(key, { pool, place, item, units });
  }
  return [...sums.values()];
}
