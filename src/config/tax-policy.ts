/** Settings of a connection's sales tax as the rules read them. */
import type { TaxPolicy } from '../domain/tax/tax-policy.ts';
import type { ConnectionSettings } from './connection.ts';
import { marketplaceById, marketplaceByName } from './marketplaces.ts';
import { isSimulated } from './simulated.ts';
import { jurisdictionOf, writesWithoutTax } from './tax.ts';
import { marketplaceOf } from './time-zone.ts';

/** Of settings that a process has read, each by the id of its marketplace: they do not change while it runs. */
const POLICIES = new WeakMap<ConnectionSettings, Map<string, TaxPolicy>>();

/** How a marketplace's sales are read, by its id or its name in a report; of none, the connection's first. */
export function taxPolicyOf(settings: ConnectionSettings, marketplace: string | null): TaxPolicy {
  const own = marketplaceOf(settings, marketplace);
  const known = POLICIES.get(settings) ?? new Map<string, TaxPolicy>();
  POLICIES.set(settings, known);
  const policy = known.get(own.id) ?? policyFrom(settings, own);
  known.set(own.id, policy);
  return policy;
}

function policyFrom(
  { tax }: ConnectionSettings,
  { id, prices, collects, calculatedBy }: ConnectionSettings['marketplaces'][number],
): TaxPolicy {
  const known = marketplaceById(id)!;
  const { registrations = [], rates = {}, classes = {} } = tax ?? {};
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

/** Whether tax of a marketplace's orders that nobody withheld is left where it stands, by its name in a report; of no one marketplace it is asked about. */
export function leavesUnwithheldTax(
  { marketplaces, tax }: ConnectionSettings,
  marketplaceName: string | null,
): boolean {
  const known = marketplaceName === null ? undefined : marketplaceByName(marketplaceName);
  const own = marketplaces.find(({ id }) => id === known?.id);
  const owes = known !== undefined && tax?.registrations.includes(jurisdictionOf(known)) === true;
  return own?.unwithheldTax === 'leave' && !owes;
}

/** Whether the seller owes tax anywhere; what NetSuite makes of his sales is read back then (tax.md, *NetSuite*). */
export function owesTax({ tax }: Pick<ConnectionSettings, 'tax'>): boolean {
  return (tax?.registrations ?? []).length > 0;
}

/**
 * Whether how a marketplace's prices are read is proven before it goes live: they hold tax, or the seller owes tax there. Not
 * of prices without tax where nobody is registered, as in US, CA and MX.
 */
export function provesPrices(settings: ConnectionSettings, marketplace: string | null): boolean {
  if (settings.tax === undefined) return false;
  const { id } = marketplaceOf(settings, marketplace);
  const { prices, registrations, jurisdiction } = taxPolicyOf(settings, id);
  return !writesWithoutTax(marketplaceById(id)!) || prices === 'inclusive' || registrations.includes(jurisdiction);
}

/** Whether a marketplace goes live only once its prices are proven: under simulators nothing is asked. */
export function asksForProof(settings: ConnectionSettings, marketplace: string | null): boolean {
  return provesPrices(settings, marketplace) && !isSimulated(settings);
}

/** Whether documents of a marketplace's sales may be stopped for their tax. */
export function mayStop(settings: ConnectionSettings, marketplace: string | null): boolean {
  return owesTax(settings) || provesPrices(settings, marketplace);
}
