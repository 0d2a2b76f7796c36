import type { AmazonWorld } from '../../simulators/amazon/world.ts';
import type { NetSuiteSeed, NetSuiteSeedItem } from '../../simulators/netsuite/seed.ts';
import {
  COST_OF_GOODS_ACCOUNT,
  INVENTORY_ACCOUNT,
  RECEIVABLE_ACCOUNT,
  SALES_ACCOUNT,
  seededAccounts,
  taxAccountOf,
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
    accounts: seededAccounts(
      currencies,
      world.marketplaces.map(({ countryCode }) => countryCode),
    ),
    customers: world.marketplaces.map(({ countryCode, currency }) => ({
      entityId: customerName(countryCode),
      currency,
      receivableAccount: RECEIVABLE_ACCOUNT,
    })),
    vendors: [{ entityId: VENDOR }],
    locations: [
      ...world.marketplaces.map(({ countryCode }) => ({ name: locationName(countryCode) })),
      { name: MERCHANT_LOCATION },
      ...stockLocations(world),
    ],
    items: [
      ...inventoryItems(world),
      ...Object.values(SERVICE_ITEMS).map((item): NetSuiteSeedItem => ({ ...item, type: 'NonInvtPart' })),
      ...taxItems(world),
    ],
    openingStock: world.stock ? stockedOpening(world) : openingStock(world),
  };
}

/** Item of a country's tax lines, on the account of its tax. */
export function taxItemName(countryCode: string): string {
  return `AMZ-VAT-${countryCode}`;
}

function taxItems(world: AmazonWorld): NetSuiteSeedItem[] {
  return world.marketplaces.flatMap(({ countryCode }) => {
    const incomeAccount = taxAccountOf(countryCode);
    return incomeAccount === null
      ? []
      : [
          {
            itemId: taxItemName(countryCode),
            displayName: `VAT ${countryCode}`,
            incomeAccount,
            type: 'NonInvtPart' as const,
          },
        ];
  });
}

/** The seller's own warehouse, of which what is sent to Amazon comes. */
export const WAREHOUSE = 'Warehouse';

/** Places of a country's units besides the one that is sold from. */
export const placesOf = (countryCode: string) =>
  ({
    sellable: locationName(countryCode),
    unsellable: `${locationName(countryCode)} unsellable`,
    inTransit: `${locationName(countryCode)} in transit`,
    removal: `${locationName(countryCode)} removal`,
    source: WAREHOUSE,
  }) as const;

function stockLocations(world: AmazonWorld): NetSuiteSeed['locations'] {
  if (!world.stock) return [];
  const places = world.marketplaces.flatMap(({ countryCode }) => Object.values(placesOf(countryCode)));
  return [...new Set(places)]
    .filter((name) => world.marketplaces.every(({ countryCode }) => name !== locationName(countryCode)))
    .map((name) => ({ name }));
}

/** NetSuite holds what Amazon holds when the books begin, and at the warehouse what is on its way and will be. */
function stockedOpening(world: AmazonWorld): NetSuiteSeed['openingStock'] {
  const stock = new Map<string, NetSuiteSeed['openingStock'][number]>();
  const add = (sku: string, location: string, quantity: number) => {
    const item = itemOf(world, sku);
    if (item === undefined || quantity === 0) return;
    const key = `${item.sku} ${location}`;
    const before = stock.get(key) ?? { itemId: item.sku, location, quantity: 0, unitCost: item.unitCost };
    stock.set(key, { ...before, quantity: before.quantity + quantity });
  };
  for (const { sku, country, disposition, units } of world.stock!.opening) {
    const places = placesOf(country);
    add(sku, disposition === undefined || disposition === 'SELLABLE' ? places.sellable : places.unsellable, units);
  }
  for (const { items } of world.stock!.inbound ?? [])
    for (const [sku, units] of Object.entries(items)) add(sku, WAREHOUSE, 2 * units);
  for (const order of world.orders.filter(({ fulfilledBy }) => fulfilledBy === 'MERCHANT'))
    for (const { sku, quantity } of order.items) add(sku, MERCHANT_LOCATION, 50 + quantity);
  return [...stock.values()];
}

/** The item of a SKU: its own, else the one with the same UPC. */
function itemOf(world: AmazonWorld, sku: string): AmazonWorld['catalogue'][number] | undefined {
  const known = world.catalogue.filter((product) => product.inNetSuite);
  const sold = world.catalogue.find((product) => product.sku === sku);
  return (
    known.find((product) => product.sku === sku) ??
    known.find((product) => product.upc !== null && product.upc === sold?.upc)
  );
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
  const stock = new Map<string, NetSuiteSeed['openingStock'][number]>();
  for (const order of world.orders) {
    const location =
      order.fulfilledBy === 'MERCHANT' ? MERCHANT_LOCATION : locationName(countries.get(order.marketplaceId) ?? '');
    for (const item of order.items) {
      const held = itemOf(world, item.sku);
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
