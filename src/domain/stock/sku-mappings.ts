import { dayIn, type Day, type Instant } from '../money/instant.ts';
import type { SkuMapping } from './stock-plan.ts';

interface Told {
  /** SKUs that NetSuite has an item for under their own name: they are it until somebody decides otherwise. */
  matched: readonly { sku: string; item: string; matchedOn: Day }[];
  /** Every decision that was taken, in that order. */
  decided: readonly { sku: string; item: string; units: number; at: Instant }[];
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
  return [
    ...matched.map(({ sku, item, matchedOn }) => mapping(sku, item, 1, matchedOn)),
    ...decided.map(({ sku, item, units, at }) => mapping(sku, item, units, dayIn(at, timeZone))),
  ];
}
