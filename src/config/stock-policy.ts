/** Settings of a connection's stock as the rules read them. */
import type { ConnectionSettings } from './connection.ts';
import { milliseconds } from './duration.ts';
import type { StockSettings } from './stock.ts';
import type { Pool } from '../domain/stock/pools.ts';
import type { StockPolicy } from '../domain/stock/stock-plan.ts';

const DAY_MS = 86_400_000;

export function poolsOf({ pools }: StockSettings): Pool[] {
  return pools.map(({ name, countries, marketplace, ...locations }) => ({ name, countries, marketplace, locations }));
}

export function stockPolicyOf({ name, posting }: ConnectionSettings, stock: StockSettings): StockPolicy {
  const { from, grace, limit, inbound, removalDays, accounts, leave } = stock;
  return {
    connection: name,
    pools: poolsOf(stock),
    from,
    graceDays: Math.ceil(milliseconds(grace) / DAY_MS),
    limit,
    inbound,
    removalDays,
    accounts,
    leave,
    posting,
  };
}
