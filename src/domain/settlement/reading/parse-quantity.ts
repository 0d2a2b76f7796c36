const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const MOST_DIGITS = 9;

/** The whole number in `bytes[start, end)`: up to nine digits, maybe with a sign or zeros after a decimal mark; null when it is none. */
export function parseQuantityBytes(bytes: Uint8Array, start: number, end: number): number | null {
  const negative = bytes[start] === MINUS;
  const first = negative ? start + 1 : start;
  let value = 0;
  let at = first;
  for (; at < end; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    if (at - first === MOST_DIGITS) return null;
    value = value * 10 + digit;
  }
  if (at === first || (at < end && !isZeroFraction(bytes, at, end))) return null;
  return negative ? -value : value;
}

function isZeroFraction(bytes: Uint8Array, start: number, end: number): boolean {
  if ((bytes[start] !== POINT && bytes[start] !== COMMA) || start + 1 === end) return false;
  for (let at = start + 1; at < end; at += 1) if (bytes[at] !== ZERO) return false;
  return true;
}
