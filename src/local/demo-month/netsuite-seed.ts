import type { AmazonWorld } from '../../simulators/amazon/world.ts';
import type { NetSuiteSeed, NetSuiteSeedItem } from '../../simulators/netsuite/seed.ts';
import {
  COST_OF_GOODS_ACCOUNT,
  INVENTORY_ACCOUNT,
  RECEIVABLE_ACCOUNT,
  SALES_ACCOUNT,
  seededAccounts,
} from './chart-of-accounts.ts';

export const SIMULATED_ACCOUNT = 'SIM_1';
export const SIMULATED_SUBSIDIARY = 'Simulated Seller';
export const VENDOR = 'Amazon Services';
export const MERCHANT_LOCATION = 'Merchant';

/** Items for what is sold beside goods, and the income accounts that they own. */
export const SERVICE_ITEMS = {
  shipping: { itemId: 'AMZ-SHIPPING', displayName: 'Amazon shipping', incomeAccount: '4050' },
  'gift-wrap': { itemId: 'AMZ-GIFTWRAP', displayName: 'Amazon gift wrap', incomeAccount: '4060' },
  promotion: { itemId: 'AMZ-PROMOTION', displayName: 'Amazon promotion', incomeAccount: '4090' },
  points: { itemId: 'AMZ-POINTS', displayName: 'Amazon points', incomeAccount: '4097' },
  refund: { itemId: 'AMZ-REFUND', displayName: 'Amazon refund', incomeAccount: '4095' },
} as const;

export function customerName(countryCode: string): string {
  return `Amazon ${countryCode}`;
}

export function locationName(countryCode: string): string {
  return `FBA ${countryCode}`;
}

/**
 * What NetSuite must hold so that this world can be booked: accounts, one customer per marketplace, items for every SKU
 * that NetSuite knows, and stock enough for every unit sold, at its cost. Periods are open from three months before
 * the world's first fact to three months after its last.
 */
export function netSuiteSeedFor(world: AmazonWorld): NetSuiteSeed {
  const currencies = currenciesOf(world);
  return {
    account: SIMULATED_ACCOUNT,
    subsidiary: SIMULATED_SUBSIDIARY,
    currencies,
    periods: { ...periodsAround(world), closed: [], locked: [] },
    accounts: seededAccounts(currencies),
    customers: world.marketplaces.map(({ countryCode, currency }) => ({
      entityId: customerName(countryCode),
      currency,
      receivableAccount: RECEIVABLE_ACCOUNT,
    })),
    vendors: [{ entityId: VENDOR }],
    locations: [
      ...world.marketplaces.map(({ countryCode }) => ({ name: locationName(countryCode) })),
      { name: MERCHANT_LOCATION },
    ],
    items: [
      ...inventoryItems(world),
      ...Object.values(SERVICE_ITEMS).map((item): NetSuiteSeedItem => ({ ...item, type: 'NonInvtPart' })),
    ],
    openingStock: openingStock(world),
  };
}

export function currenciesOf(world: AmazonWorld): string[] {
  return [
    ...new Set([
      ...world.marketplaces.map(({ currency }) => currency),
      ...world.settlements.map(({ currency }) => currency),
    ]),
  ];
}

function inventoryItems(world: AmazonWorld): NetSuiteSeedItem[] {
  return world.catalogue
    .filter((product) => product.inNetSuite)
    .map((product) => ({
      itemId: product.sku,
      type: 'InvtPart',
      displayName: product.title,
      ...(product.upc !== null && { upc: product.upc }),
      incomeAccount: SALES_ACCOUNT,
      cogsAccount: COST_OF_GOODS_ACCOUNT,
      assetAccount: INVENTORY_ACCOUNT,
    }));
}

/** Units of an SKU that NetSuite does not know come from the item with the same UPC, which is what it will be mapped to. */
function openingStock(world: AmazonWorld): NetSuiteSeed['openingStock'] {
  const countries = new Map(world.marketplaces.map(({ id, countryCode }) => [id, countryCode]));
  const known = world.catalogue.filter((product) => product.inNetSuite);
  const stock = new Map<string, NetSuiteSeed['openingStock'][number]>();
  for (const order of world.orders) {
    const location =
      order.fulfilledBy === 'MERCHANT' ? MERCHANT_LOCATION : locationName(countries.get(order.marketplaceId) ?? '');
    for (const item of order.items) {
      const sold = world.catalogue.find((product) => product.sku === item.sku);
      const held =
        known.find((product) => product.sku === item.sku) ??
        known.find((product) => product.upc !== null && product.upc === sold?.upc);
      if (!held) continue;
      const key = `${held.sku} ${location}`;
      const before = stock.get(key) ?? { itemId: held.sku, location, quantity: 50, unitCost: held.unitCost };
      stock.set(key, { ...before, quantity: before.quantity + item.quantity });
    }
  }
  return [...stock.values()];
}

function periodsAround(world: AmazonWorld): { from: string; to: string } {
  const instants = [
    ...world.orders.flatMap((order) => order.history.map(({ at }) => at)),
    ...world.settlements.flatMap(({ start, depositDate }) => [start, depositDate]),
  ].sort();
  const month = (instant: string | undefined, by: number): string => {
    const [year, number] = (instant ?? '2026-10').slice(0, 7).split('-').map(Number) as [number, number];
    return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
  };
  return { from: month(instants[0], -3), to: month(instants.at(-1), 3) };
}
