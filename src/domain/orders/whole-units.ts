/** Whether an amount that was given back is what whole units of a line were billed. */
import { allocate, sumMinor } from '../money/money.ts';
import type { RefundItemFact, ShipmentFact } from './order-facts.ts';

/** Units that an earlier return authorisation took back, and that Amazon has not taken back since. */
export interface ReturnedLine {
  authorisation: string;
  orderItemId: string;
  sku: string | null;
  quantity: number;
  amount: bigint;
}

/** What was billed of the order, and what earlier refunds took back of it, in their order. */
export interface BilledSale {
  /** Net, as billed. */
  shipments: readonly ShipmentFact[];
  /** The same at the prices that Amazon told; absent where they are no others. */
  told?: readonly ShipmentFact[];
  returned: readonly ReturnedLine[];
}

type MeasuredItem = Pick<RefundItemFact, 'orderItemId' | 'sku' | 'grossPrincipal'>;

export interface WholeUnits {
  orderItemId: string;
  sku: string;
  quantity: number;
}

/**
 * The whole units that an amount stands for, on the line of the sale that they came from: the fewest of them that were
 * billed just that much. Null when it is no whole number of units, or of more than are left.
 * Three units for 10.00 were billed 3.34, 3.33 and 3.33: 3.34 is one of them, 6.66 and 6.67 two, 3.35 none.
 *
 * @param principal net, or with the tax where Amazon calculates none of this item (`grossPrincipal`)
 * @param taken units that the same refund takes back beside these, by order item
 */
export function unitsOf(
  item: MeasuredItem,
  principal: bigint,
  sale: BilledSale,
  taken: ReadonlyMap<string, number> = new Map(),
): WholeUnits | null {
  if (principal <= 0n) return null;
  for (const [orderItemId, { sku, billed }] of billedLines(item, sale)) {
    const returned = sale.returned.reduce(
      (units, line) => units + (line.orderItemId === orderItemId ? line.quantity : 0),
      0,
    );
    const left = billed.length - returned - (taken.get(orderItemId) ?? 0);
    const prices = pricesOf(billed);
    for (let quantity = 1; quantity <= left; quantity += 1)
      if (canBeBilled(prices, quantity, principal)) return { orderItemId, sku, quantity };
  }
  return null;
}

/** What each unit of the lines that may be meant was billed, in the terms of the refund: line total ÷ quantity keeps its remainder. */
function billedLines(
  item: MeasuredItem,
  { shipments, told = shipments }: BilledSale,
): Map<string, { sku: string; billed: bigint[] }> {
  const lines = new Map<string, { sku: string; billed: bigint[] }>();
  for (const line of (item.grossPrincipal === undefined ? shipments : told).flatMap(({ items }) => items)) {
    if (item.orderItemId !== null ? line.orderItemId !== item.orderItemId : line.sku !== item.sku) continue;
    const known = lines.get(line.orderItemId) ?? { sku: line.sku, billed: [] };
    known.billed.push(...allocate(line.amounts.principal ?? 0n, Array<bigint>(line.quantity).fill(1n)));
    lines.set(line.orderItemId, known);
  }
  return lines;
}

/** Each price with the units that were billed it, the dearest first. */
function pricesOf(billed: readonly bigint[]): [price: bigint, units: number][] {
  const prices = new Map<bigint, number>();
  for (const price of billed) prices.set(price, (prices.get(price) ?? 0) + 1);
  return [...prices].sort(([a], [b]) => (a < b ? 1 : -1));
}

/** Whether some `quantity` of the units were billed just `amount`. Prices are few: a shipment has two at most. */
function canBeBilled(prices: readonly [price: bigint, units: number][], quantity: number, amount: bigint): boolean {
  if (quantity === 0) return amount === 0n;
  const [dearest, ...rest] = prices;
  if (dearest === undefined || mostFor(prices, quantity) < amount || leastFor(prices, quantity) > amount) return false;
  const [price, units] = dearest;
  for (let some = Math.min(units, quantity); some >= 0; some -= 1) {
    if (canBeBilled(rest, quantity - some, amount - price * BigInt(some))) return true;
  }
  return false;
}

function mostFor(prices: readonly [bigint, number][], quantity: number): bigint {
  let left = quantity;
  return sumMinor(
    prices.map(([price, units]) => {
      const some = Math.min(units, left);
      left -= some;
      return price * BigInt(some);
    }),
  );
}

function leastFor(prices: readonly [bigint, number][], quantity: number): bigint {
  return mostFor(prices.toReversed(), quantity);
}
