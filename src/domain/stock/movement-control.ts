/** The control of what was read of NetSuite: Σ movements of an item at a location = on hand (stock.md, *NetSuite's side*). */
import { placeAt } from './open-movements.ts';
import type { Pool } from './pools.ts';
import type { StockProblem } from './stock-plan.ts';

interface AtLocation {
  item: string;
  location: string;
}

/** An item at a location of which other units are on hand than were read as movements. */
export interface Apart extends AtLocation {
  moved: number;
  onHand: number;
}

/** What a person must look at where movements stay apart from on hand. */
export function problemOfApart({ item, location, moved, onHand }: Apart, pools: readonly Pool[]): StockProblem {
  const at = placeAt(pools, location);
  return {
    code: 'movements-apart',
    key: at === undefined ? `${item} ${location}` : `${at.pool} ${item} ${at.place}`,
    pool: at?.pool ?? null,
    sku: null,
    item,
    units: null,
    value: null,
    day: null,
    rows: [],
    documents: [],
    what: `NetSuite has ${onHand} of ${item} on hand at ${location}, and all of its movements there come to ${moved}`,
  };
}

/** What has no movements or nothing on hand counts as none. */
export function apartFromOnHand(
  moved: readonly (AtLocation & { units: number })[],
  held: readonly (AtLocation & { onHand: number })[],
): Apart[] {
  const both = new Map<string, Apart>();
  const at = ({ item, location }: AtLocation): Apart => {
    const key = JSON.stringify([item, location]);
    const known = both.get(key) ?? { item, location, moved: 0, onHand: 0 };
    both.set(key, known);
    return known;
  };
  for (const one of moved) at(one).moved += one.units;
  for (const one of held) at(one).onHand += one.onHand;
  return [...both.values()].filter((one) => one.moved !== one.onHand);
}
