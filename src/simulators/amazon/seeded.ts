import { createHash } from 'node:crypto';

/** Invented but repeatable values: everything comes from a hash of a name, never from chance. */

function hash(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** A whole number from 0 to `below` − 1. */
export function seededNumber(name: string, below: number): number {
  return Number(BigInt(`0x${hash(name).slice(0, 12)}`) % BigInt(below));
}

/** So many decimal digits. */
export function seededDigits(name: string, length: number): string {
  return (BigInt(`0x${hash(name)}`) % 10n ** BigInt(length)).toString().padStart(length, '0');
}

export function seededUuid(name: string): string {
  const h = hash(name);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** Capital letters and digits, as ASINs and document suffixes have them. */
export function seededCode(name: string, length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
  let rest = BigInt(`0x${hash(name)}`);
  let code = '';
  while (code.length < length) {
    code += alphabet[Number(rest % 34n)];
    rest /= 34n;
  }
  return code;
}

export function seededChoice<T>(name: string, choices: readonly [T, ...T[]]): T {
  return choices[seededNumber(name, choices.length)] ?? choices[0];
}
