import { dayIn, type Day, type Instant } from '../money/instant.ts';
import type { SkuMapping } from './stock-plan.ts';

interface Told {
  /** SKUs that NetSuite has an item for under their own name: they are it until somebody decides otherwise. */
  matched: readonly { sku: string; item: string; matchedOn: Day }[];
  /** Every decision that was taken, in that order; one from the start in the place of all before it. */
  decided: readonly { sku: string; item: string; units: number; at: Instant; fromTheStart: boolean }[];
  items: readonly { item: string; members: SkuMapping['members'] }[];
}

/**
 * Which item a SKU was, from which day on.
 * @param timeZone in which a decision has its day
 */
export function skuMappingsOf({ matched, decided, items }: Told, timeZone: string): SkuMapping[] {
  const members = new Map(items.map((one) => [one.item, one.members]));
  const mapping = (sku: string, item: string, units: number, day: Day): SkuMapping => ({
    sku,
    decided: day,
    item,
    units,
    members: members.get(item) ?? null,
  });
  const lastFromTheStart = new Map(decided.flatMap((one, index) => (one.fromTheStart ? [[one.sku, index]] : [])));
  return [
    ...matched
      .filter(({ sku }) => !lastFromTheStart.has(sku))
      .map(({ sku, item, matchedOn }) => mapping(sku, item, 1, matchedOn)),
    ...decided
      .filter(({ sku }, index) => index >= (lastFromTheStart.get(sku) ?? 0))
      .map(({ sku, item, units, at }) => mapping(sku, item, units, dayIn(at, timeZone))),
  ];
}
