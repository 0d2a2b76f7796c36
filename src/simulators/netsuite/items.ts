/** Items, and what a kit consists of. */
import type { NetSuiteSeedItem } from './seed.ts';

export interface Item {
  id: string;
  itemId: string;
  type: 'InvtPart' | 'NonInvtPart' | 'Kit';
  displayName: string;
  upc: string | null;
  externalId: string | null;
  inactive: boolean;
  incomeAccount: string;
  cogsAccount: string | null;
  assetAccount: string | null;
  /** Takes the difference between cost and transfer price, where a transfer order uses the price. */
  gainLossAccount: string | null;
  /** Of a kit, units for one of it; empty for all others. */
  members: KitMember[];
  /** What its units are told apart by, which each of its stock documents must name. */
  numbered: 'lot' | 'serial' | null;
  usesBins: boolean;
  lastPurchasePrice: string | null;
  unitsType: string | null;
  stockUnit: string | null;
}
export interface KitMember {
  item: string;
  quantity: number;
}
export interface UnitOfMeasure {
  id: string;
  unitsType: string;
  name: string;
  /** How many base units one of it is. */
  rate: number;
}

/** What an item's description may name. */
interface Lists {
  items: ReadonlyMap<string, Item>;
  units: ReadonlyMap<string, UnitOfMeasure>;
}

export const STOCK_ITEM = 'InvtPart';

/** An inventory item or a kit: what can be fulfilled. */
export function isFulfillableItem(item: Item | undefined): boolean {
  return item?.type === STOCK_ITEM || item?.type === 'Kit';
}

/** What leaves or comes in for so many units of an item: its own, those of a kit's members, or nothing. */
export function stockUnits(
  { items }: Pick<Lists, 'items'>,
  item: Item,
  quantity: number,
): { item: Item; quantity: number }[] {
  if (item.type === STOCK_ITEM) return [{ item, quantity }];
  return item.members.flatMap((member) => {
    const part = items.get(member.item);
    return part?.type === STOCK_ITEM ? [{ item: part, quantity: quantity * member.quantity }] : [];
  });
}

/** An item as the seed describes it; `account` finds accounts by number. What it names must be there before it. */
export function itemFromSeed(
  { items, units }: Lists,
  seed: NetSuiteSeedItem,
  id: string,
  account: (number: string) => string,
): Item {
  const given = (number: string | undefined): string | null => (number === undefined ? null : account(number));
  const unit =
    seed.stockUnit === undefined ? undefined : [...units.values()].find(({ name }) => name === seed.stockUnit);
  if (seed.stockUnit !== undefined && !unit) throw new Error(`seed: there is no unit "${seed.stockUnit}"`);
  const item: Item = {
    id,
    itemId: seed.itemId,
    type: seed.type,
    displayName: seed.displayName,
    upc: seed.upc ?? null,
    externalId: null,
    inactive: seed.inactive ?? false,
    incomeAccount: account(seed.incomeAccount),
    cogsAccount: given(seed.cogsAccount),
    assetAccount: given(seed.assetAccount),
    gainLossAccount: given(seed.gainLossAccount),
    members: (seed.members ?? []).map(({ itemId, quantity }) => ({ item: itemNamed(items, itemId), quantity })),
    numbered: seed.numbered ?? null,
    usesBins: seed.usesBins ?? false,
    lastPurchasePrice: seed.lastPurchasePrice ?? null,
    unitsType: unit?.unitsType ?? null,
    stockUnit: unit?.id ?? null,
  };
  if (item.type === STOCK_ITEM && (item.cogsAccount === null || item.assetAccount === null))
    throw new Error(`seed: the inventory item ${item.itemId} needs a cost of goods account and an asset account`);
  if ((item.type === 'Kit') !== item.members.length > 0)
    throw new Error(`seed: ${item.itemId} is a kit without members, or has members and is none`);
  return item;
}

function itemNamed(items: ReadonlyMap<string, Item>, itemId: string): string {
  for (const item of items.values()) if (item.itemId === itemId) return item.id;
  throw new Error(`seed: there is no item "${itemId}"`);
}
