/** The `stock` part of a connection's settings (stock.md, *Pools, places, items*); without it a connection has no stock flow. */
import { z } from 'zod';
import { ROLES } from '../domain/mapping/roles.ts';
import { addDays, lastDayBefore } from '../domain/money/instant.ts';
import type { ConfigProblem } from './explain-issue.ts';
import { durationBetween } from './duration.ts';
import { marketplaceById } from './marketplaces.ts';

const pool = z.strictObject({
  /** Part of the keys of its documents. */
  name: z.string().regex(/^[a-z0-9]{1,12}$/, 'is not made of at most 12 of a-z and 0-9'),
  /** ISO 3166, as the ledger's `Country` has them. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'is not an ISO country like US or GB')).min(1),
  /** Whose inventory is asked for; id. */
  marketplace: z.string(),
  /** Location names of NetSuite. */
  sellable: z.string().min(1),
  unsellable: z.string().min(1),
  inTransit: z.string().min(1),
  removal: z.string().min(1),
  source: z.string().min(1),
});

const day = z.iso.date('is not a day like 2026-10-01');
const units = z.int().min(0);
const LIMIT = { units: 100, value: '1000.00' };

export const stockSchema = z.strictObject({
  /** First day whose rows are answered. */
  from: day,
  pools: z.array(pool).min(1),
  /** How long after its end a day waits for its summary, and a row for its other half. */
  grace: durationBetween('1h', '14d').default('72h'),
  /** An adjustment line above it waits for a person; its value is in the subsidiary's currency. */
  limit: z
    .strictObject({
      units: units.default(LIMIT.units),
      value: z
        .string()
        .regex(/^\d+(\.\d{1,3})?$/, 'is not an amount like 1000.00')
        .default(LIMIT.value),
    })
    .default(LIMIT),
  /** Who books what is sent to Amazon: our inventory transfers, or a transfer order of the seller's own. */
  inbound: z.enum(['inventory-transfer', 'theirs']).default('inventory-transfer'),
  inboundDays: z.int().min(1).max(365).default(30),
  removalDays: z.int().min(1).max(365).default(14),
  /** Another role than the table's for a reason of the ledger: `{D: liquidation}`. */
  accounts: z.record(z.string().min(1), z.enum(ROLES)).default({}),
  /** Items that stay out of the flow, by itemid. */
  leave: z.array(z.string().min(1)).default([]),
});

export type StockSettings = z.output<typeof stockSchema>;

interface Marketplace {
  id: string;
  location: string;
  timeZone?: string | undefined;
}

/** What the rest of a connection says of its stock. */
interface StockSurroundings {
  stock?: StockSettings | undefined;
  cutOver: string;
  marketplaces: readonly Marketplace[];
  accounts: Partial<Record<string, unknown>>;
}

/** Roles that the answers of the ledger post to. */
const STOCK_ROLES = ['inventory-loss', 'cogs-returns', 'liquidation', 'opening-balance'];

/** The first day of stock: the cut-over's own only where that is its first instant, else orders of both books ship on one day. */
export function firstStockDay(cutOver: string, marketplaces: readonly Pick<Marketplace, 'id' | 'timeZone'>[]): string {
  const days = marketplaces.map(({ id, timeZone }) =>
    lastDayBefore(cutOver, timeZone ?? marketplaceById(id)?.timeZone ?? 'UTC'),
  );
  return addDays(days.sort().at(-1) ?? cutOver.slice(0, 10), 1);
}

/** What each setting of stock allows by itself and all of them together, or the connection around them, do not. */
export function stockContradictions(
  { stock, cutOver, marketplaces, accounts }: StockSurroundings,
  at: readonly ['connections', number],
): ConfigProblem[] {
  if (!stock) return [];
  const problems: ConfigProblem[] = [];
  const problem = (path: readonly (string | number)[], what: string) => problems.push({ path: [...at, ...path], what });
  const first = firstStockDay(cutOver, marketplaces);
  if (stock.from < first)
    problem(['stock', 'from'], `has to be ${first} or later, the first whole day from the cut-over on`);
  for (const role of [...STOCK_ROLES, ...Object.values(stock.accounts)])
    if (accounts[role] === undefined) problem(['accounts', role], 'missing: stock posts to it');
  const poolNames = stock.pools.map(({ name }) => name);
  const countries = stock.pools.flatMap((one) => one.countries);
  const places = stock.pools.flatMap((one) => [one.sellable, one.unsellable, one.inTransit, one.removal]);
  stock.pools.forEach((one, index) => {
    const inPool = (field: string | number, what: string) => problem(['stock', 'pools', index, field], what);
    if (poolNames.indexOf(one.name) < index) inPool('name', `"${one.name}" is the name of another pool`);
    for (const country of one.countries)
      if (countries.filter((other) => other === country).length > 1)
        inPool('countries', `${country} stands twice: what it holds would be counted twice`);
    for (const place of ['sellable', 'unsellable', 'inTransit', 'removal', 'source'] as const)
      if ((place === 'source' ? 1 : 0) + places.filter((other) => other === one[place]).length > 1)
        inPool(place, `"${one[place]}" is another place of a pool as well`);
    if (!marketplaces.some(({ id }) => id === one.marketplace))
      inPool('marketplace', 'is not a marketplace that the connection lists');
  });
  marketplaces.forEach(({ id, location }, index) => {
    if (!stock.pools.some(({ sellable }) => sellable === location))
      problem(
        ['marketplaces', index, 'location'],
        `"${location}" is the sellable place of no pool, but ${marketplaceById(id)?.domain ?? id} ships from it`,
      );
  });
  return problems;
}
