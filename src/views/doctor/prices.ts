/** What settled sales say of how each marketplace's prices are read, where they hold tax; nothing of any other. */
import type { ConnectionSettings } from '../../config/connection.ts';
import { marketplaceById } from '../../config/marketplaces.ts';
import { provesPrices, taxPolicyOf } from '../../config/tax-policy.ts';
import { postingModeOf } from '../../domain/posting-modes/posting-modes.ts';
import { renderTrial } from '../../domain/tax/explain-prices.ts';
import { TRIED_DAYS, tryPrices } from '../../domain/tax/try-prices.ts';
import type { Database } from '../../store/database.ts';
import { settledSales } from '../../store/tax/settled-sales.ts';
import { fine, type Finding } from './finding.ts';

/** Shown, and wrong only as an exception: whether it stops anything is said there. */
export async function prices(db: Database, connections: readonly ConnectionSettings[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const settings of connections)
    for (const { id } of settings.marketplaces) {
      if (!provesPrices(settings, id)) continue;
      const sales = await settledSales(db, settings.name, id, TRIED_DAYS);
      const bill = postingModeOf(settings.postingMode).sale.bill.plan;
      const trial = tryPrices(sales, taxPolicyOf(settings, id), bill, null);
      findings.push(fine('prices', `${settings.name}: ${marketplaceById(id)!.domain}: ${renderTrial(trial)}`));
    }
  return findings;
}
