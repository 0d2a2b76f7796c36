import type { Company } from '../company.ts';
import type { Item } from '../items.ts';
import { userError } from '../refusal.ts';

/**
 * Lots, serial numbers and bins are named by `inventoryDetail` on each line, which is not built: every line without it is refused.
 * The sentence is one that public integrations report.
 */
export function refuseWithoutDetail(company: Company, item: Item, location: string | null, index: number): void {
  const inBins = item.usesBins && company.masters.locations.get(location ?? '')?.usesBins === true;
  if (item.numbered !== null || inBins)
    throw userError(`Please configure the inventory detail in line ${index + 1} of the item list.`);
}
