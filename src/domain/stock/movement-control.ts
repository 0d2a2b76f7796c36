/** The control of what was read of NetSuite: Σ movements of an item at a location = on hand (stock.md, *NetSuite's side*). */

interface AtLocation {
  item: string;
  location: string;
}

/** An item at a location of which other units are on hand than were read as movements. */
export interface Apart extends AtLocation {
  moved: number;
  onHand: number;
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
