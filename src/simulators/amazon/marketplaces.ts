import type { WorldMarketplace } from './world.ts';

/** A marketplace with the time zone in which its accounts are kept. */
export interface KnownMarketplace extends WorldMarketplace {
  timeZone: string;
}

const BERLIN = 'Europe/Berlin';
const PACIFIC = 'America/Los_Angeles';

/** The first of a currency is the one that a file without any marketplace name belongs to. */
const MARKETPLACES: readonly KnownMarketplace[] = [
  { id: 'ATVPDKIKX0DER', name: 'Amazon.com', currency: 'USD', countryCode: 'US', timeZone: PACIFIC },
  { id: 'A2EUQ1WTGCTBG2', name: 'Amazon.ca', currency: 'CAD', countryCode: 'CA', timeZone: PACIFIC },
  { id: 'A1AM78C64UM0Y8', name: 'Amazon.com.mx', currency: 'MXN', countryCode: 'MX', timeZone: PACIFIC },
  { id: 'A2Q3Y263D00KWC', name: 'Amazon.com.br', currency: 'BRL', countryCode: 'BR', timeZone: 'America/Sao_Paulo' },
  { id: 'A1F83G8C2ARO7P', name: 'Amazon.co.uk', currency: 'GBP', countryCode: 'GB', timeZone: 'Europe/London' },
  { id: 'A1PA6795UKMFR9', name: 'Amazon.de', currency: 'EUR', countryCode: 'DE', timeZone: BERLIN },
  { id: 'A13V1IB3VIYZZH', name: 'Amazon.fr', currency: 'EUR', countryCode: 'FR', timeZone: BERLIN },
  { id: 'APJ6JRA9NG5V4', name: 'Amazon.it', currency: 'EUR', countryCode: 'IT', timeZone: BERLIN },
  { id: 'A1RKKUPIHCS9HS', name: 'Amazon.es', currency: 'EUR', countryCode: 'ES', timeZone: BERLIN },
  { id: 'A1805IZSGTT6HS', name: 'Amazon.nl', currency: 'EUR', countryCode: 'NL', timeZone: BERLIN },
  { id: 'AMEN7PMS3EDWL', name: 'Amazon.com.be', currency: 'EUR', countryCode: 'BE', timeZone: BERLIN },
  { id: 'A28R8C7NBKEWEA', name: 'Amazon.ie', currency: 'EUR', countryCode: 'IE', timeZone: 'Europe/London' },
  { id: 'A2NODRKZP88ZB9', name: 'Amazon.se', currency: 'SEK', countryCode: 'SE', timeZone: BERLIN },
  { id: 'A1C3SOZRARQ6R3', name: 'Amazon.pl', currency: 'PLN', countryCode: 'PL', timeZone: BERLIN },
  { id: 'A33AVAJ2PDY3EV', name: 'Amazon.com.tr', currency: 'TRY', countryCode: 'TR', timeZone: 'Europe/Istanbul' },
  { id: 'A2VIGQ35RCS4UG', name: 'Amazon.ae', currency: 'AED', countryCode: 'AE', timeZone: 'Asia/Dubai' },
  { id: 'A17E79C6D8DWNP', name: 'Amazon.sa', currency: 'SAR', countryCode: 'SA', timeZone: 'Asia/Riyadh' },
  { id: 'ARBP9OOSHTCHU', name: 'Amazon.eg', currency: 'EGP', countryCode: 'EG', timeZone: 'Africa/Cairo' },
  { id: 'AE08WJ6YKNBMC', name: 'Amazon.co.za', currency: 'ZAR', countryCode: 'ZA', timeZone: 'Africa/Johannesburg' },
  { id: 'A21TJRUUN4KGV', name: 'Amazon.in', currency: 'INR', countryCode: 'IN', timeZone: 'Asia/Kolkata' },
  { id: 'A1VC38T7YXB528', name: 'Amazon.co.jp', currency: 'JPY', countryCode: 'JP', timeZone: 'Asia/Tokyo' },
  { id: 'A19VAU5U5O7RUS', name: 'Amazon.sg', currency: 'SGD', countryCode: 'SG', timeZone: 'Asia/Singapore' },
  { id: 'A39IBJ37TRP1C6', name: 'Amazon.com.au', currency: 'AUD', countryCode: 'AU', timeZone: 'Australia/Sydney' },
];

/**
 * The marketplace that a settlement row means: by its name in any case; `Non-Amazon CA`, `SI UK Prod Marketplace`,
 * `SI Prod IT Marketplace` by their country; `sim1.stores.amazon.com` by the domain; a blank or unknown name by the
 * file's currency.
 */
export function marketplaceOf(name: string, currency: string): KnownMarketplace {
  const folded = name
    .trim()
    .toLowerCase()
    .replace(/^sim\d+\.stores\./, '');
  const country = (/^non-amazon ([a-z]{2})$/.exec(folded) ??
    /^si (?:prod )?([a-z]{2})\b/.exec(folded))?.[1]?.toUpperCase();
  const found =
    MARKETPLACES.find((marketplace) => marketplace.name.toLowerCase() === folded) ??
    (country
      ? MARKETPLACES.find((marketplace) => marketplace.countryCode === (country === 'UK' ? 'GB' : country))
      : undefined) ??
    MARKETPLACES.find((marketplace) => marketplace.currency === currency);
  if (!found) throw new Error(`no marketplace is known for "${name}" in ${currency}`);
  return found;
}

/** Country of a marketplace by its id. @throws Error for an id that is none */
export function marketplaceCountry(marketplaceId: string): string {
  const known = MARKETPLACES.find(({ id }) => id === marketplaceId);
  if (known === undefined) throw new Error(`no marketplace is known as ${marketplaceId}`);
  return known.countryCode;
}

/** Zone in which the accounts of a marketplace are kept. @throws Error for an id that is none */
export function timeZoneOf(marketplaceId: string): string {
  const known = MARKETPLACES.find(({ id }) => id === marketplaceId);
  if (known === undefined) throw new Error(`no marketplace is known as ${marketplaceId}`);
  return known.timeZone;
}

const WITHOUT_TAX = ['US', 'CA', 'MX'];

/** Whether prices of the order reports hold the tax: everywhere but in US, CA, MX (help page VMWEBEA58WCYAEA for JP; sellers for the EU and the UK). */
export function pricesHoldTax(marketplaceId: string): boolean {
  const known = MARKETPLACES.find(({ id }) => id === marketplaceId);
  return known !== undefined && !WITHOUT_TAX.includes(known.countryCode);
}

/** Another shop's sale that Amazon only sends (Multi-Channel Fulfilment): by its marketplace's name, or an order id without Amazon's digits. */
export function isMultiChannel(orderId: string, marketplaceName: string): boolean {
  const name = marketplaceName.trim().toLowerCase();
  return (
    name.startsWith('non-amazon') ||
    /^si .*prod/.test(name) ||
    /^sim\d+\.stores\./.test(name) ||
    !/^\d{3}-\d{7}-\d{7}$/.test(orderId)
  );
}
