/**
 * From Amazon's units to those of NetSuite's item: a SKU is an item and a number of units, and a pack of three is 3
 * (stock.md, *Items*). Everything inside counts Amazon's units; what is sent to NetSuite, and what is read from it, counts
 * the item's. A line's total is the same in both, so that its rate is total over units.
 */
import type { OrderLine, SalesOrderLine, SalesOrderPlan } from './sales-order.ts';

/** Units of the item that one of Amazon's is, by the tag of a line; one where a line is not named. */
export type ItemUnits = ReadonlyMap<string, number>;

/** The Sales Order with the units of its SKUs, which the order keeps. @param units by SKU; one where it is not named */
export function asMapped(plan: SalesOrderPlan, units: ReadonlyMap<string, number>): SalesOrderPlan {
  return {
    ...plan,
    lines: plan.lines.map((line): SalesOrderLine => {
      const each = line.sku === null ? 1 : (units.get(line.sku) ?? 1);
      return each === 1 ? line : { ...line, units: each };
    }),
  };
}

/** Of the lines of a Sales Order that are packs. */
export function itemUnitsOf(lines: readonly SalesOrderLine[]): ItemUnits {
  return new Map(lines.flatMap(({ tag, units }) => (units === undefined ? [] : [[tag, units]])));
}

/** SKUs of a Sales Order that are packs, each once. */
export function packsOf(lines: readonly SalesOrderLine[]): { sku: string; units: number }[] {
  const packs = lines.flatMap(({ sku, units }): [string, number][] =>
    sku === null || units === undefined ? [] : [[sku, units]],
  );
  return Array.from(new Map(packs), ([sku, units]) => ({ sku, units }));
}

/** A line's quantity as NetSuite counts it. */
export function itemQuantity({ tag, quantity }: Pick<OrderLine, 'tag' | 'quantity'>, units: ItemUnits): number {
  return quantity * (units.get(tag) ?? 1);
}
