import type { AmazonWorld } from '../../simulators/amazon/world.ts';
import { firstStockDay } from '../../config/stock.ts';
import { accountsByRole } from './chart-of-accounts.ts';
import {
  currenciesOf,
  customerName,
  locationName,
  placesOf,
  MERCHANT_LOCATION,
  SERVICE_ITEMS,
  SIMULATED_ACCOUNT,
  SIMULATED_SUBSIDIARY,
  VENDOR,
} from './netsuite-seed.ts';

/** The part of a connection's configuration that follows from the world; names are those of `netSuiteSeedFor`. */
export interface DemoConnectionSettings {
  /** Amazon's region; North America where it is left out. */
  region?: 'eu';
  netsuite: { account: string; subsidiary: string };
  marketplaces: { id: string; customer: string; location: string; calculatedBy?: 'rates' }[];
  accounts: Record<string, string | Record<string, string>>;
  items: Record<keyof typeof SERVICE_ITEMS, string>;
  vendor: string;
  merchantLocation: string;
  /** V1 reports stay under their old type. */
  settlementReportTypes: string[];
  /** The start of the earliest settlement, the boundary at which the books begin. */
  cutOver: string;
  /** Where the world has stock: a pool for each of its countries. */
  stock?: { from: string; pools: Record<string, unknown>[] };
  /** Where its months are closed: what Amazon tells of a signed one is booked on the first day that is open. */
  close?: Record<string, never>;
  closedPeriod?: 'first-open-day';
  /** Where the seller owes sales tax. */
  tax?: {
    registrations: string[];
    items: Record<string, string>;
    rates: Record<string, Record<string, number>>;
    classes: Record<string, string>;
  };
}

export function demoConnectionSettings(world: AmazonWorld): DemoConnectionSettings {
  const starts = world.settlements.map(({ start }) => start).sort();
  const cutOver = starts[0] ?? '2026-10-01T07:00:00Z';
  return {
    netsuite: { account: SIMULATED_ACCOUNT, subsidiary: SIMULATED_SUBSIDIARY },
    marketplaces: world.marketplaces.map(({ id, countryCode }) => ({
      id,
      customer: customerName(countryCode),
      location: locationName(countryCode),
    })),
    accounts: accountsByRole(
      currenciesOf(world),
      world.marketplaces.map(({ countryCode }) => countryCode),
    ),
    items: {
      shipping: SERVICE_ITEMS.shipping.itemId,
      'gift-wrap': SERVICE_ITEMS['gift-wrap'].itemId,
      promotion: SERVICE_ITEMS.promotion.itemId,
      points: SERVICE_ITEMS.points.itemId,
      refund: SERVICE_ITEMS.refund.itemId,
    },
    vendor: VENDOR,
    merchantLocation: MERCHANT_LOCATION,
    settlementReportTypes: [...new Set(world.settlements.map(({ reportType }) => reportType))],
    cutOver,
    ...(world.stock ? { stock: stockSettings(world, cutOver) } : {}),
  };
}

/** Countries without a marketplace of their own are of the pool of the one that they serve. */
function stockSettings(world: AmazonWorld, cutOver: string): NonNullable<DemoConnectionSettings['stock']> {
  const serves = Object.entries(world.stock?.serves ?? {});
  return {
    from: firstStockDay(cutOver, world.marketplaces),
    pools: world.marketplaces.map(({ id, countryCode }) => ({
      name: countryCode.toLowerCase(),
      countries: [countryCode, ...serves.flatMap(([country, marketplace]) => (marketplace === id ? [country] : []))],
      marketplace: id,
      ...placesOf(countryCode),
    })),
  };
}
