/** Whether an item's units can be counted and moved by a number alone (stock.md, *Items*). */

export interface ItemNature {
  /** SuiteQL's `itemtype`. */
  type: string;
  inactive: boolean;
  hasLots: boolean;
  hasSerialNumbers: boolean;
  inBins: boolean;
  inOtherUnit: boolean;
  /** Of a kit: what is kept in stock of it. */
  members: readonly { quantity: number }[];
}

/** Inventory items and assemblies have stock of their own, a kit by its members. */
const COUNTED = ['InvtPart', 'Assembly', 'Kit'];

/** Why not, as the end of a sentence about the item; null: it can. */
export function whyNotCountable(item: ItemNature): string | null {
  if (!COUNTED.includes(item.type)) return `is not kept in stock (its type is ${item.type})`;
  if (item.inactive) return 'is inactive';
  if (item.hasLots) return 'is counted by lots';
  if (item.hasSerialNumbers) return 'is counted by serial numbers';
  if (item.inBins) return 'is kept in bins';
  if (item.inOtherUnit) return 'has a stock unit that is not its base unit';
  if (item.type !== 'Kit') return null;
  if (item.members.length === 0) return 'is a kit of which nothing is kept in stock';
  return item.members.every(({ quantity }) => isWhole(quantity)) ? null : 'is a kit with a part of a unit in it';
}

export const isWhole = (units: number): boolean => Number.isSafeInteger(units);
