/** Shares of an amount: proportions, with the cents that do not divide (close.md, *Profit by SKU*). */
import { sumMinor } from '../money/money.ts';
import { compareNames } from './split.ts';

/**
 * Splits an amount over weights so that the parts come to it exactly. What does not divide goes, a minor unit each, to the largest
 * remainders, equal ones to the first in the order given. Null where no weight is above zero.
 * @throws Error `bug:` for a weight below zero
 */
export function shareByWeight(amount: bigint, weights: readonly bigint[]): bigint[] | null {
  if (weights.some((weight) => weight < 0n)) throw new Error('bug: a share has no weight below zero');
  const total = sumMinor(weights);
  if (total === 0n) return null;
  const [size, sign] = amount < 0n ? [-amount, -1n] : [amount, 1n];
  const parts = weights.map((weight, index) => ({
    index,
    whole: (size * weight) / total,
    remainder: (size * weight) % total,
  }));
  const left = Number(size - sumMinor(parts.map(({ whole }) => whole)));
  const favoured = new Set(
    [...parts]
      .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
      .slice(0, left)
      .map(({ index }) => index),
  );
  return parts.map(({ index, whole }) => sign * (whole + (favoured.has(index) ? 1n : 0n)));
}

/** A SKU of an order, by which an amount of the order is split that names none. */
export interface OrderedSku {
  sku: string;
  /** Its price in the order; null while Amazon tells none. */
  principal: bigint | null;
  units: number;
}

/** An amount of an order by its SKUs' principal, else by their units, else whole on none. */
export function shareOfOrder(amount: bigint, skus: readonly OrderedSku[]): { sku: string | null; amount: bigint }[] {
  const bySku = new Map<string, { principal: bigint; units: number }>();
  for (const { sku, principal, units } of skus) {
    const known = bySku.get(sku) ?? { principal: 0n, units: 0 };
    bySku.set(sku, { principal: known.principal + (principal ?? 0n), units: known.units + units });
  }
  const names = [...bySku.keys()].sort(compareNames);
  const of = (weightOf: (sku: { principal: bigint; units: number }) => bigint) =>
    shareByWeight(
      amount,
      names.map((sku) => larger(0n, weightOf(bySku.get(sku)!))),
    );
  const shares = of(({ principal }) => principal) ?? of(({ units }) => BigInt(units));
  if (shares === null) return [{ sku: null, amount }];
  return shares.flatMap((share, index) => (share === 0n ? [] : [{ sku: names[index]!, amount: share }]));
}

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
