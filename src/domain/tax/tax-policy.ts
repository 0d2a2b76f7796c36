/** How the prices of a marketplace are read, who owes the tax in them, and where the seller is registered (tax.md). */
import type { Rate } from './tax-rate.ts';

/** ISO 3166 code of a country whose sales tax somebody owes; the United Kingdom is GB. */
export type Jurisdiction = string;

/** Name of a class of goods, `standard` where nothing else is said. */
export type TaxClass = string;
export const STANDARD: TaxClass = 'standard';

export interface TaxPolicy {
  /** Of the marketplace. */
  jurisdiction: Jurisdiction;
  /** Where the seller owes tax; none, and no document carries any. */
  registrations: readonly Jurisdiction[];
  rates: Readonly<Record<Jurisdiction, Readonly<Record<TaxClass, Rate>>>>;
  /** By SKU. */
  classes: Readonly<Record<string, TaxClass>>;
  /** Whether prices of Amazon's reports hold the tax. */
  prices: 'inclusive' | 'exclusive';
  /** `order`: Amazon, where the order item says so. */
  collects: 'order' | 'amazon' | 'seller';
  /** Whether Amazon tells the tax (VCS; tax settings in JP), or it is worked out by the rates. */
  calculatedBy: 'amazon' | 'rates';
}

/** Who owes the tax of an item: the seller, Amazon, or nobody whose documents are here. */
export type TaxCollector = 'seller' | 'amazon' | 'nobody';

/** What of an item's price is tax, and whose. */
export interface ItemTax {
  orderItemId: string;
  sku: string | null;
  collector: TaxCollector;
  jurisdiction: Jurisdiction;
  /** Null where no rate gives the tax that Amazon tells. */
  rate: Rate | null;
  /** What the tax is on: goods, shipping, gift wrap, less discounts. */
  net: bigint;
  tax: bigint;
}

/** Where a sale to a territory with a country code of its own counts as one to another country (Directive 2006/112/EC, article 7). */
const COUNTS_AS: Readonly<Record<string, Jurisdiction>> = { IM: 'GB', MC: 'FR' };

/** The country whose VAT a parcel to some country code bears: the Isle of Man is GB, Monaco FR. */
export function vatCountryOf(shipTo: string): Jurisdiction {
  return COUNTS_AS[shipTo] ?? shipTo;
}

/**
 * Registered jurisdictions that come into question for a sale: the country that it goes to, then the marketplace's. None, and its
 * tax is nobody's here.
 * @param shipTo null where it is not known
 */
export function placesOf(
  shipTo: Jurisdiction | null,
  { jurisdiction, registrations }: Pick<TaxPolicy, 'jurisdiction' | 'registrations'>,
): Jurisdiction[] {
  const there = shipTo === null ? jurisdiction : vatCountryOf(shipTo);
  const places = there === jurisdiction ? [jurisdiction] : [there, jurisdiction];
  return places.filter((place) => registrations.includes(place));
}

/** Rate of a SKU in a jurisdiction by its class; null where none is set. */
export function rateOf({ rates, classes }: TaxPolicy, jurisdiction: Jurisdiction, sku: string | null): Rate | null {
  return rates[jurisdiction]?.[(sku === null ? undefined : classes[sku]) ?? STANDARD] ?? null;
}
