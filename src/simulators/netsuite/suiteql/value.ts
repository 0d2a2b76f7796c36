/** Values of a query: null, text, numbers as whole units of 10^-8, and dates. */
import { isDay } from '../calendar.ts';
import { decimalText, fromUnits, toUnits } from '../decimal.ts';
import { invalidQuery } from '../refusal.ts';

export class SqlDate {
  readonly day: string;
  /** `HH:MM:SS`; midnight where it is a day. */
  readonly time: string;
  constructor(day: string, time = MIDNIGHT) {
    this.day = day;
    this.time = time;
  }

  get text(): string {
    return this.time === MIDNIGHT ? this.day : `${this.day} ${this.time}`;
  }
}
const MIDNIGHT = '00:00:00';

/** A status: shown as its letter, met by that letter and by `SalesOrd:B`, which is how queries of real accounts name it. */
export class Status {
  readonly letter: string;
  readonly type: string;
  constructor(type: string, letter: string) {
    this.type = type;
    this.letter = letter;
  }

  get qualified(): string {
    return `${this.type}:${this.letter}`;
  }
}
export type Value = null | string | bigint | SqlDate | Status;

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
  return plain === null
    ? null
    : toUnits(plain.slice(0, plain.includes('.') ? plain.indexOf('.') + 1 + NUMBER_DIGITS : undefined), NUMBER_DIGITS);
}

export function numberText(value: bigint): string {
  return fromUnits(value, NUMBER_DIGITS).replace(/\.?0+$/, '');
}

/** Text of a value, for concatenation, look-ups and keys. */
export function textOfValue(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'bigint') return numberText(value);
  if (value instanceof Status) return value.letter;
  return typeof value === 'string' ? value : value.text;
}

export function asNumber(value: Value): bigint | null {
  if (value === null || typeof value === 'bigint') return value;
  if (value instanceof SqlDate) throw invalidQuery('a date is used as a number');
  const text = textOfValue(value);
  const parsed = parseNumber(text.trim());
  if (parsed === null) throw invalidQuery(`'${text}' is not a number`);
  return parsed;
}

/** Below, equal or above zero; null when either side is null. Text that meets a number must be one. */
export function compare(a: Value, b: Value): number | null {
  if (a === null || b === null) return null;
  if (a instanceof SqlDate || b instanceof SqlDate) return order(instantText(a), instantText(b));
  if (a instanceof Status || b instanceof Status) return order(...statusTexts(a, b));
  if (typeof a === 'bigint' || typeof b === 'bigint') {
    const left = typeof a === 'bigint' ? a : parseNumber(a);
    const right = typeof b === 'bigint' ? b : parseNumber(b);
    if (left !== null && right !== null) return order(left, right);
    return order(textOfValue(a), textOfValue(b));
  }
  return order(a, b);
}

/** Text that meets a date must be one in the user's format (`10/31/2026`) or in ISO's. */
function instantText(value: Exclude<Value, null>): string {
  if (value instanceof SqlDate) return `${value.day} ${value.time}`;
  const text = textOfValue(value);
  const [, month = '', date = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const day = year === '' ? text : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (!isDay(day)) throw invalidQuery(`'${text}' is compared with a date and is none`);
  return `${day} ${MIDNIGHT}`;
}

/** Whichever way the other side names the status. */
function statusTexts(a: Value, b: Value): [string, string] {
  const isQualified = [a, b].some((value) => typeof value === 'string' && value.includes(':'));
  const textOf = (value: Value): string =>
    value instanceof Status && isQualified ? value.qualified : textOfValue(value);
  return [textOf(a), textOf(b)];
}

function order<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
