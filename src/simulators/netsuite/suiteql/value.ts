/** Values of a query: null, text, numbers as whole units of 10^-8, and dates. */
import { decimalText, fromUnits, toUnits } from '../decimal.ts';
import { invalidQuery } from '../refusal.ts';

export class SqlDate {
  readonly day: string;
  constructor(day: string) {
    this.day = day;
  }
}
export type Value = null | string | bigint | SqlDate;

export const NUMBER_DIGITS = 8;
export const ONE = 10n ** BigInt(NUMBER_DIGITS);

export function number(value: number | string): bigint {
  return BigInt(value) * ONE;
}

/** Minor units of a currency with so many digits. */
export function amount(minor: bigint, digits: number): bigint {
  return minor * 10n ** BigInt(NUMBER_DIGITS - digits);
}

/** A decimal text as a number; null when it is not one. */
export function parseNumber(text: string): bigint | null {
  const plain = decimalText(text.startsWith('.') ? `0${text}` : text);
  return plain === null ? null : toUnits(plain.slice(0, plain.includes('.') ? plain.indexOf('.') + 1 + NUMBER_DIGITS : undefined), NUMBER_DIGITS);
}

export function numberText(value: bigint): string {
  return fromUnits(value, NUMBER_DIGITS).replace(/\.?0+$/, '');
}

/** Text of a value, for concatenation, look-ups and keys. */
export function textOfValue(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'bigint') return numberText(value);
  return typeof value === 'string' ? value : value.day;
}

export function asNumber(value: Value): bigint | null {
  if (value === null || typeof value === 'bigint') return value;
  if (value instanceof SqlDate) throw invalidQuery('a date is used as a number');
  const parsed = parseNumber(value.trim());
  if (parsed === null) throw invalidQuery(`'${value}' is not a number`);
  return parsed;
}

/** Below, equal or above zero; null when either side is null. Text that meets a number must be one. */
export function compare(a: Value, b: Value): number | null {
  if (a === null || b === null) return null;
  if (a instanceof SqlDate || b instanceof SqlDate) {
    if (a instanceof SqlDate && b instanceof SqlDate) return order(a.day, b.day);
    throw invalidQuery('a date is compared with something that is not one; use TO_DATE');
  }
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    const left = typeof a === 'bigint' ? a : parseNumber(a);
    const right = typeof b === 'bigint' ? b : parseNumber(b);
    if (left !== null && right !== null) return order(left, right);
    return order(textOfValue(a), textOfValue(b));
  }
  return order(a, b);
}

function order<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
