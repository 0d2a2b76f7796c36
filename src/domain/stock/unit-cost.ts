/**
 * What one unit costs: NetSuite's average at the location, else at `sellable`, else at any, else the last purchase price
 * (stock.md, *Documents*). Costs are decimal text, as NetSuite has averages with more digits than a currency; they are
 * counted in hundred-millionths.
 */
import type { PlaceAt } from './kept-stock.ts';
import { locationOf, type Pool } from './pools.ts';
import type { ItemCost } from './stock-plan.ts';

const DIGITS = 8;

/** By their texts: every line asks, and most of them cost the same. */
const SCALED = new Map<string, bigint>();
const MOST_SCALED = 10_000;

/** @throws Error `bug:` where the text is no plain decimal */
export function scaled(text: string): bigint {
  const known = SCALED.get(text);
  if (known !== undefined) return known;
  const value = read(text);
  if (SCALED.size === MOST_SCALED) SCALED.clear();
  SCALED.set(text, value);
  return value;
}

function read(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) throw new Error(`bug: "${text}" is no decimal`);
  const value = BigInt(match[2]! + (match[3] ?? '').slice(0, DIGITS).padEnd(DIGITS, '0'));
  return match[1] === '-' ? -value : value;
}

/** At least two digits after the point, no zeros behind them. */
export function decimalText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '').padEnd(2, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${fraction}`;
}

export function valueOf(units: number, cost: string): bigint {
  return BigInt(units) * scaled(cost);
}

/** The cost of one of `units` that are worth this together, half a hundred-millionth rounded up. */
export function costOfOne(value: bigint, units: number): string {
  const count = BigInt(units);
  return decimalText((2n * value + count) / (2n * count));
}

export function isAbove(value: bigint, limit: string): boolean {
  return (value < 0n ? -value : value) > scaled(limit);
}

export class UnitCosts {
  readonly #byItem = new Map<string, ItemCost>();
  readonly #pools: readonly Pool[];

  constructor(costs: readonly ItemCost[], pools: readonly Pool[]) {
    for (const cost of costs) this.#byItem.set(cost.item, cost);
    this.#pools = pools;
  }

  /** Null: NetSuite knows none. An average of zero is one of a location that never had any. */
  of(item: string, at: PlaceAt): string | null {
    const cost = this.#byItem.get(item);
    if (cost === undefined) return null;
    const pool = this.#pools.find(({ name }) => name === at.pool);
    const known = cost.averages.filter((average) => scaled(average.cost) > 0n);
    const average =
      known.find(({ location }) => location === locationOf(pool, at.place)) ??
      known.find(({ location }) => location === pool?.locations.sellable) ??
      known[0];
    const price = cost.lastPurchasePrice;
    return average?.cost ?? (price !== null && scaled(price) > 0n ? price : null);
  }

  /** Decimal text; null where no cost is known. */
  valueOf(item: string, units: number, at: PlaceAt): string | null {
    const cost = this.of(item, at);
    return cost === null ? null : decimalText(valueOf(units, cost));
  }
}
