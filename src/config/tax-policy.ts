/** Settings of a connection's sales tax as the rules read them. */
import type { TaxPolicy } from '../domain/tax/tax-policy.ts';
import type { ConnectionSettings } from './connection.ts';
import { marketplaceById } from './marketplaces.ts';
import { jurisdictionOf, writesWithoutTax } from './tax.ts';
import { marketplaceOf } from './time-zone.ts';

/** How a marketplace's sales are read, by its id or its name in a report; of none, the connection's first. */
export function taxPolicyOf(settings: ConnectionSettings, marketplace: string | null): TaxPolicy {
  const { id, prices, collects, calculatedBy } = marketplaceOf(settings, marketplace);
  const known = marketplaceById(id)!;
  const { registrations = [], rates = {}, classes = {} } = settings.tax ?? {};
  return {
    jurisdiction: jurisdictionOf(known),
    registrations,
    rates: Object.fromEntries(
      Object.entries(rates).map(([place, byClass]) => [
        place,
        Object.fromEntries(Object.entries(byClass).map(([name, percent]) => [name, BigInt(Math.round(percent * 100))])),
      ]),
    ),
    classes,
    prices: prices === 'auto' ? (writesWithoutTax(known) ? 'exclusive' : 'inclusive') : prices,
    collects,
    calculatedBy,
  };
}

/** Whether the seller owes tax anywhere; what NetSuite makes of his sales is read back then (tax.md, *NetSuite*). */
export function owesTax({ tax }: ConnectionSettings): boolean {
  return (tax?.registrations ?? []).length > 0;
}
