/**
 * Amounts: exact whole numbers of minor units (cents) of a currency that is named beside them.
 *
 * They are read from a vendor's text, added as `bigint`, and written back as text; no floating-point number is ever near
 * one. What adds amounts takes those of one currency: whoever has several keeps them apart first.
 */

/** ISO 4217 code, e.g. `"USD"`. */
export type CurrencyCode = string;

/** Digits after the decimal point, ISO 4217; every currency that Amazon settles in and is not named has two. */
const DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
  TND: 3,
};

/** Number of decimal places of a currency. */
export function digitsOf(currency: CurrencyCode): number {
  return DIGITS[currency] ?? 2;
}

/** Sum of minor units. */
export function sumMinor(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** How much more was found than it should be. */
export const differenceFrom = (wanted: bigint, found: bigint): bigint => found - wanted;

/** Sums of minor units by key, in the order in which the keys were first seen. */
export function sumsByKey<T>(
  items: Iterable<T>,
  of: (item: T) => { key: string; amount: bigint },
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const item of items) {
    const { key, amount } = of(item);
    sums.set(key, (sums.get(key) ?? 0n) + amount);
  }
  return sums;
}

const PLAIN_DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/**
 * Minor units of a plain decimal (`"-12.3"`, `"0.00"`, point as mark, no separators), or null when the
 * text is not one or has more decimals than the currency, zeros aside.
 */
export function parseMinor(text: string, currency: CurrencyCode): bigint | null {
  const match = PLAIN_DECIMAL.exec(text.trim());
  if (!match) return null;
  const digits = digitsOf(currency);
  const fraction = match[3] ?? '';
  if (/[^0]/.test(fraction.slice(digits))) return null;
  const minor = BigInt(match[2]! + fraction.slice(0, digits).padEnd(digits, '0'));
  return match[1] === '-' ? -minor : minor;
}

/** Plain decimal text with the currency's digits: `formatMinor(-123450n, "USD")` is `"-1234.50"`. */
export function formatMinor(minor: bigint, currency: CurrencyCode): string {
  const digits = digitsOf(currency);
  const negative = minor < 0n;
  const text = (negative ? -minor : minor).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = digits > 0 ? `.${text.slice(text.length - digits)}` : '';
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/**
 * Splits an amount over whole-number weights so that the parts add up to it exactly; the remainder goes,
 * one minor unit each, to the first parts. All weights zero: everything goes to the first part.
 */
export function allocate(minor: bigint, weights: readonly bigint[]): bigint[] {
  const total = sumMinor(weights);
  if (weights.length === 0) return [];
  if (total === 0n) return weights.map((_, index) => (index === 0 ? minor : 0n));
  const parts = weights.map((weight) => (minor * weight) / total);
  let rest = minor - sumMinor(parts);
  const step = rest < 0n ? -1n : 1n;
  for (let index = 0; rest !== 0n; index = (index + 1) % parts.length) {
    if (weights[index] === 0n) continue;
    parts[index]! += step;
    rest -= step;
  }
  return parts;
}

/** The share of a line's total that `units` of its `quantity` have, half a minor unit rounded away from zero; the whole for all of them. */
export function shareOf(total: bigint, units: number, quantity: number): bigint {
  if (units === quantity) return total;
  const [absolute, sign] = total < 0n ? [-total, -1n] : [total, 1n];
  return sign * ((2n * absolute * BigInt(units) + BigInt(quantity)) / (2n * BigInt(quantity)));
}
