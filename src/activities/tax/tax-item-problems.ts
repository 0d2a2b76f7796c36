import { accountOf } from '../../config/connection.ts';
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import type { Jurisdiction } from '../../domain/tax/tax-policy.ts';
import { explainTaxItems, type TaxItem } from '../../domain/tax/tax-item-accounts.ts';
import type { Connection } from '../connection.ts';
import { taxAccounts } from './netsuite-tax.ts';

/** Whether the account of each jurisdiction's tax item is the one that the settings name for it, and no other's: what is wrong, by jurisdiction. Reads only. */
export async function taxItemProblems(connection: Connection): Promise<Map<Jurisdiction, string>> {
  const { settings, netsuite } = connection;
  const accounts = await taxAccounts(connection);
  const items: TaxItem[] = [];
  for (const jurisdiction of settings.tax?.registrations ?? []) {
    const name = settings.tax!.items[jurisdiction]!;
    // One that NetSuite lacks is named as any other item is.
    if ((await netsuite.lookups.itemByName(name)) === null) continue;
    items.push({ jurisdiction, name, account: accounts.get(jurisdiction)?.number ?? null });
  }
  return explainTaxItems(items, {
    currencies: [...new Set(settings.marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)))],
    payableOf: (jurisdiction, currency) => accountOf(settings, 'sales-tax-payable', currency, jurisdiction),
    others: new Map(
      Object.entries(settings.accounts).flatMap(([role, configured]) =>
        role === 'sales-tax-payable' || role.startsWith('sales-tax-payable:')
          ? []
          : (typeof configured === 'string' ? [configured] : Object.values(configured ?? {})).map(
              (number): [string, string] => [number, role],
            ),
      ),
    ),
  });
}
