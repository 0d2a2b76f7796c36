/**
 * The simulator's own exact decimals: text to whole minor units and back. It shares none with the product, so that
 * a fault in one is not repeated by the other.
 */

const WITHOUT_DECIMALS = new Set(['JPY', 'KRW', 'CLP', 'VND']);

/** Digits after the point in a currency: 2, or 0 for yen and its like. */
export function digitsOf(currency: string): number {
  return WITHOUT_DECIMALS.has(currency) ? 0 : 2;
}

/** `-12.3` → -1230n at two digits. Throws on anything that is not a plain decimal with a point or that needs more digits. */
export function minorOf(text: string, digits: number): bigint {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || (whole === '' && fraction === '')) throw new Error(`"${text}" is not an amount`);
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  if (/[1-9]/.test(fraction.slice(digits))) throw new Error(`"${text}" has more than ${digits} digits after the point`);
  const units = BigInt(`${whole}${kept}` || '0');
  return match[1] === '-' ? -units : units;
}

/** -1230n → `-12.30` at two digits. */
export function decimalOf(minor: bigint, digits: number): string {
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Exact sum of decimal texts of one currency, as text. */
export function sumOf(amounts: readonly string[], currency: string): string {
  const digits = digitsOf(currency);
  return decimalOf(
    amounts.reduce((sum, amount) => sum + minorOf(amount, digits), 0n),
    digits,
  );
}

export function negated(amount: string, currency: string): string {
  const digits = digitsOf(currency);
  return decimalOf(-minorOf(amount, digits), digits);
}

/** True for `0`, `0.00`, `-0.0` and the empty text. */
export function isZero(amount: string): boolean {
  return !/[1-9]/.test(amount);
}
