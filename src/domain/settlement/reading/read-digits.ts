const ZERO = 48;

/** The whole number of exactly so many digits that begins at a byte, -1 when one of them is none; up to 15 are exact. */
export function readDigits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
