/**
 * Amazon's marketplaces: ids and regions (SP-API, "Marketplace IDs"), the name that a settlement report uses, and the
 * time zone in which their books are kept (Amazon's North American accounts run on Pacific time). A setting overrides it.
 */
import { multiChannelPlace } from '../domain/identifiers/multi-channel.ts';

export interface Marketplace {
  id: string;
  region: 'na' | 'eu' | 'fe';
  country: string;
  domain: string;
  timeZone: string;
}

const row = (
  id: string,
  region: Marketplace['region'],
  country: string,
  domain: string,
  timeZone: string,
): Marketplace => ({ id, region, country, domain, timeZone });

export const MARKETPLACES: readonly Marketplace[] = [
  row('ATVPDKIKX0DER', 'na', 'US', 'amazon.com', 'America/Los_Angeles'),
  row('A2EUQ1WTGCTBG2', 'na', 'CA', 'amazon.ca', 'America/Los_Angeles'),
  row('A1AM78C64UM0Y8', 'na', 'MX', 'amazon.com.mx', 'America/Los_Angeles'),
  row('A2Q3Y263D00KWC', 'na', 'BR', 'amazon.com.br', 'America/Sao_Paulo'),
  row('A28R8C7NBKEWEA', 'eu', 'IE', 'amazon.ie', 'Europe/London'),
  row('A1F83G8C2ARO7P', 'eu', 'UK', 'amazon.co.uk', 'Europe/London'),
  row('A1RKKUPIHCS9HS', 'eu', 'ES', 'amazon.es', 'Europe/Berlin'),
  row('A13V1IB3VIYZZH', 'eu', 'FR', 'amazon.fr', 'Europe/Berlin'),
  row('AMEN7PMS3EDWL', 'eu', 'BE', 'amazon.com.be', 'Europe/Berlin'),
  row('A1805IZSGTT6HS', 'eu', 'NL', 'amazon.nl', 'Europe/Berlin'),
  row('A1PA6795UKMFR9', 'eu', 'DE', 'amazon.de', 'Europe/Berlin'),
  row('APJ6JRA9NG5V4', 'eu', 'IT', 'amazon.it', 'Europe/Berlin'),
  row('A2NODRKZP88ZB9', 'eu', 'SE', 'amazon.se', 'Europe/Berlin'),
  row('A1C3SOZRARQ6R3', 'eu', 'PL', 'amazon.pl', 'Europe/Berlin'),
  row('AE08WJ6YKNBMC', 'eu', 'ZA', 'amazon.co.za', 'Africa/Johannesburg'),
  row('ARBP9OOSHTCHU', 'eu', 'EG', 'amazon.eg', 'Africa/Cairo'),
  row('A33AVAJ2PDY3EV', 'eu', 'TR', 'amazon.com.tr', 'Europe/Istanbul'),
  row('A17E79C6D8DWNP', 'eu', 'SA', 'amazon.sa', 'Asia/Riyadh'),
  row('A2VIGQ35RCS4UG', 'eu', 'AE', 'amazon.ae', 'Asia/Dubai'),
  row('A21TJRUUN4KGV', 'eu', 'IN', 'amazon.in', 'Asia/Kolkata'),
  row('A19VAU5U5O7RUS', 'fe', 'SG', 'amazon.sg', 'Asia/Singapore'),
  row('A39IBJ37TRP1C6', 'fe', 'AU', 'amazon.com.au', 'Australia/Sydney'),
  row('A1VC38T7YXB528', 'fe', 'JP', 'amazon.co.jp', 'Asia/Tokyo'),
];

const CURRENCIES: Readonly<Record<string, string>> = {
  US: 'USD',
  CA: 'CAD',
  MX: 'MXN',
  BR: 'BRL',
  UK: 'GBP',
  SE: 'SEK',
  PL: 'PLN',
  ZA: 'ZAR',
  EG: 'EGP',
  TR: 'TRY',
  SA: 'SAR',
  AE: 'AED',
  IN: 'INR',
  SG: 'SGD',
  AU: 'AUD',
  JP: 'JPY',
};

/** Currency in which a marketplace sells: the euro where its country has no other. */
export function currencyOfMarketplace(marketplace: Marketplace): string {
  return CURRENCIES[marketplace.country] ?? 'EUR';
}

export function marketplaceById(id: string): Marketplace | undefined {
  return MARKETPLACES.find((marketplace) => marketplace.id === id);
}

/** By the name in a report, compared without case. A Multi-Channel name counts as its country. */
export function marketplaceByName(name: string): Marketplace | undefined {
  const place = multiChannelPlace(name);
  const domain = place === null ? name.trim().toLowerCase() : place.domain;
  return MARKETPLACES.find((marketplace) =>
    domain === null ? marketplace.country === place?.country : marketplace.domain === domain,
  );
}
