/**
 * Amounts: decimal text to whole minor units and back. JSON numbers arrive as doubles, whose shortest text is
 * exact up to 15 digits; from there on only `bigint` is used.
 */
const DIGITS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, CLP: 0, KWD: 3, BHD: 3 };

export function currencyDigits(symbol: string): number {
  return DIGITS[symbol] ?? 2;
}

/** Plain decimal text of a JSON number or string; null when it is not one. */
export function decimalText(value: unknown): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const text = String(value).trim();
  return /^[+-]?\d+(\.\d*)?$/.test(text) ? text.replace(/^\+/, '') : null;
}

/** Units of 10^-digits; null when the text has more decimals than that, zeros aside. */
export function toUnits(text: string, digits: number): bigint | null {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  if (/[^0]/.test(fraction.slice(digits))) return null;
  const units = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return text.startsWith('-') ? -units : units;
}

export function fromUnits(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  return `${units < 0n ? '-' : ''}${text.slice(0, cut)}${digits > 0 ? `.${text.slice(cut)}` : ''}`;
}

/** a × b ÷ c to the nearest whole unit, halves away from zero. */
export function mulDiv(a: bigint, b: bigint, c: bigint): bigint {
  const product = a * b;
  const negative = product < 0n !== c < 0n;
  const top = product < 0n ? -product : product;
  const bottom = c < 0n ? -c : c;
  const rounded = (2n * top + bottom) / (2n * bottom);
  return negative ? -rounded : rounded;
}
