/**
 * What NetSuite's amounts on fulfilments, receipts and adjustments are whose: read at each evaluation, since costing runs again
 * later, and split in the proportion of the units that the documents move (close.md, *Profit by SKU*).
 */
import type { CurrencyCode } from '../money/money.ts';
import { sumMinor } from '../money/money.ts';
import { grouped } from '../stock/grouped.ts';
import { shareByWeight } from './share.ts';
import { compareNames, NOBODY, type ProfitRole, type UnitsSplit, type Whose } from './split.ts';

/** A line of one of our documents on an account of income or cost, debit positive. */
export interface CostLine {
  /** By which it is held against the ledger. */
  account: string;
  role: ProfitRole;
  /** NetSuite's; null on the line of an adjustment's account, which is of all its items. */
  item: string | null;
  amount: bigint;
  /** Of what was estimated before (`Cost of Sales Adjustment`): NetSuite's own, so it stands by item. */
  isCorrection: boolean;
}

export interface CostDocument {
  document: string;
  currency: CurrencyCode;
  lines: readonly CostLine[];
  /** What each item's stock moved by, negated: by which a line without an item is split. */
  moved: readonly { item: string; amount: bigint }[];
  splits: readonly UnitsSplit[];
}

/** Items that a SKU is: itself, or the members of a kit, with how many of each are in one unit. */
export type ItemsOfSku = (sku: string) => { item: string; members: ReadonlyMap<string, number> } | null;

export interface CostShare extends Whose {
  document: string;
  account: string;
  role: ProfitRole;
  item: string | null;
  currency: CurrencyCode;
  amount: bigint;
}

/** The shares of a document's lines, which come to them. */
export function splitCost(
  { document, currency, lines, moved, splits }: CostDocument,
  itemsOf: ItemsOfSku,
): CostShare[] {
  return lines.flatMap((line) =>
    byItem(line, moved).flatMap(({ item, amount }): CostShare[] => {
      const of = { document, currency, account: line.account, role: line.role };
      if (amount === 0n) return [];
      if (line.isCorrection) return [{ ...NOBODY, ...of, item, amount }];
      return sharesOf(amount, item, splits, itemsOf).map((share) => ({ ...of, ...share }));
    }),
  );
}

/** The line of an adjustment's account is of all its items, in the proportion of what they are worth. */
function byItem({ item, amount }: CostLine, moved: CostDocument['moved']): { item: string | null; amount: bigint }[] {
  if (item !== null) return [{ item, amount }];
  const sum = sumMinor(moved.map((one) => one.amount));
  if (sum === amount) return [...moved];
  const ordered = [...moved].sort((a, b) => compareNames(a.item, b.item));
  const shares = shareByWeight(
    amount,
    ordered.map((one) => (one.amount < 0n ? -one.amount : one.amount)),
  );
  return shares === null
    ? [{ item: null, amount }]
    : ordered.map((one, at) => ({ item: one.item, amount: shares[at]! }));
}

/** Whose units of an item they are; of an item that none of the splits has, whose units the document has at all. */
function sharesOf(
  amount: bigint,
  item: string | null,
  splits: readonly UnitsSplit[],
  itemsOf: ItemsOfSku,
): (Whose & { item: string | null; amount: bigint })[] {
  const weighed = splits.map((split) => ({ split, units: unitsOf(split, item, itemsOf) }));
  const own = weighed.some(({ units }) => units > 0) ? weighed : splits.map((split) => ({ split, units: split.units }));
  const bySku = [
    ...grouped(own, ({ split: { sku, channel, marketplace } }) => JSON.stringify([sku, channel, marketplace])).values(),
  ]
    .map((same) => ({
      whose: same[0]!.split,
      units: same.reduce((sum, { units }) => sum + units, 0),
    }))
    .sort((a, b) => compareNames(a.whose.sku, b.whose.sku));
  const shares = shareByWeight(
    amount,
    bySku.map(({ units }) => BigInt(units)),
  );
  if (shares === null) return [{ ...NOBODY, item, amount }];
  return bySku.flatMap(({ whose: { sku, channel, marketplace } }, index) =>
    // A kit's members cost what the kit costs: they stand on its item.
    shares[index] === 0n
      ? []
      : [
          {
            sku,
            channel,
            marketplace,
            item: (sku === null ? null : itemsOf(sku)?.item) ?? item,
            amount: shares[index]!,
          },
        ],
  );
}

/** Units of an item in a split: of a kit those of its members. */
function unitsOf({ sku, item, units }: UnitsSplit, wanted: string | null, itemsOf: ItemsOfSku): number {
  if (item !== null) return item === wanted ? units : 0;
  const known = sku === null ? null : itemsOf(sku);
  if (known === null || wanted === null) return 0;
  if (known.item === wanted) return units;
  return units * (known.members.get(wanted) ?? 0);
}
