/** Orders that were bought in a month, as Amazon's all-orders report tells them: the population of `orders` (close.md, *Items*). */
import type { Instant } from '../money/instant.ts';
import { sumMinor, type CurrencyCode } from '../money/money.ts';

/** An order of the report, without anything about a person. */
export interface MonthOrder {
  orderId: string;
  purchasedAt: Instant;
  /** `order-status` as Amazon spells it: `Pending`, `Shipped`, `Cancelled`, … */
  status: string;
  fulfilledBy: 'AMAZON' | 'MERCHANT';
  salesChannel: string;
  /** Null while no row of it has a price. */
  currency: CurrencyCode | null;
  /** Of the rows that are not cancelled. */
  units: number;
  /** Minor units, of the rows that have a price; null where none has. */
  itemPrice: bigint | null;
}

export interface MonthOrders {
  askedAt: Instant;
  readAt: Instant;
  /** Of the report's bytes. */
  sha256: string;
  /** Rows that could not be read and are in none of the orders: the population is not whole while there are any. */
  unreadable: number;
  orders: MonthOrder[];
}

/** One row of the report: an item of an order. */
export interface MonthOrderRow extends MonthOrder {
  /** `item-status` as Amazon spells it. */
  itemStatus: string;
}

/** Two rows of one order with prices in two currencies: nothing is added across them. */
export class MixedCurrencies extends Error {
  constructor(orderId: string) {
    super(`order ${orderId} has prices in two currencies`);
    this.name = 'MixedCurrencies';
  }
}

/**
 * Rows joined to orders, in the order of their first rows: units and prices added, the head that of the first row.
 * @throws MixedCurrencies
 */
export function joinOrderRows(rows: Iterable<MonthOrderRow>): MonthOrder[] {
  const orders = new Map<string, MonthOrder>();
  for (const { itemStatus, ...row } of rows) {
    const units = isCancelled(itemStatus) ? 0 : row.units;
    const order = orders.get(row.orderId);
    if (order === undefined) {
      orders.set(row.orderId, { ...row, units });
      continue;
    }
    if (order.currency !== null && row.currency !== null && order.currency !== row.currency)
      throw new MixedCurrencies(row.orderId);
    order.units += units;
    order.currency ??= row.currency;
    order.itemPrice = priceOf([order.itemPrice, row.itemPrice]);
  }
  return [...orders.values()];
}

/** The reports write `Cancelled`, other places of Amazon's `Canceled` (amazon.md §3.3). */
export function isCancelled(status: string): boolean {
  return /^cancell?ed$/i.test(status);
}

function priceOf(prices: (bigint | null)[]): bigint | null {
  const told = prices.filter((price) => price !== null);
  return told.length === 0 ? null : sumMinor(told);
}
