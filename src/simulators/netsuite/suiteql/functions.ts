/** The functions of SuiteQL that work value by value. */
import { isDay } from '../calendar.ts';
import { mulDiv } from '../decimal.ts';
import { invalidQuery } from '../refusal.ts';
import { asNumber, compare, NUMBER_DIGITS, number, ONE, SqlDate, textOfValue, type Value } from './value.ts';

type SqlFunction = (...args: Value[]) => Value;

const onText =
  (work: (text: string) => Value): SqlFunction =>
  (arg = null) =>
    arg === null ? null : work(textOfValue(arg));
const onNumber =
  (work: (value: bigint, second: bigint) => Value): SqlFunction =>
  (arg = null, second = null) => {
    const value = asNumber(arg);
    return value === null ? null : work(value, asNumber(second) ?? 0n);
  };
const whole = (value: Value): number => Number((asNumber(value) ?? 0n) / ONE);
const same = (a: Value, b: Value): boolean => (a === null && b === null) || compare(a, b) === 0;

export const FUNCTIONS: Record<string, SqlFunction> = {
  ABS: onNumber((value) => (value < 0n ? -value : value)),
  SIGN: onNumber((value) => (value < 0n ? -ONE : value > 0n ? ONE : 0n)),
  ROUND: onNumber((value, digits) => {
    const unit = 10n ** BigInt(NUMBER_DIGITS - Number(digits / ONE));
    return mulDiv(value, 1n, unit) * unit;
  }),
  TO_NUMBER: (arg = null) => asNumber(arg),
  NVL: (arg = null, otherwise = null) => arg ?? otherwise,
  NVL2: (arg = null, there = null, missing = null) => (arg === null ? missing : there),
  COALESCE: (...args) => args.find((arg) => arg !== null) ?? null,
  DECODE: (arg = null, ...rest) => {
    let index = 0;
    for (; index + 1 < rest.length; index += 2) if (same(arg, rest[index] ?? null)) return rest[index + 1] ?? null;
    return rest[index] ?? null;
  },
  UPPER: onText((text) => text.toUpperCase()),
  LOWER: onText((text) => text.toLowerCase()),
  TRIM: onText((text) => text.trim()),
  LENGTH: onText((text) => number(text.length)),
  CONCAT: (a = null, b = null) => textOfValue(a) + textOfValue(b),
  REPLACE: (arg = null, from = null, to = null) =>
    arg === null ? null : textOfValue(arg).replaceAll(textOfValue(from), textOfValue(to)),
  INSTR: (arg = null, part = null) => (arg === null ? null : number(textOfValue(arg).indexOf(textOfValue(part)) + 1)),
  SUBSTR: (arg = null, from = null, count = null) => {
    if (arg === null) return null;
    const text = textOfValue(arg);
    const start = whole(from) > 0 ? whole(from) - 1 : Math.max(0, text.length + whole(from));
    return count === null ? text.slice(start) : text.slice(start, start + whole(count));
  },
  TO_DATE: (arg = null, format = null) => (arg === null ? null : toDate(textOfValue(arg), textOfValue(format))),
  TO_CHAR: (arg = null, format = null) =>
    arg instanceof SqlDate ? dateText(arg, textOfValue(format)) : arg === null ? null : textOfValue(arg),
  TRUNC: (arg = null) =>
    arg instanceof SqlDate ? new SqlDate(arg.day) : arg === null ? arg : ((asNumber(arg) ?? 0n) / ONE) * ONE,
};

const PARTS = /YYYY|MM|DD|HH24|MI|SS/g;

/** What the format leaves out is midnight's. */
function toDate(text: string, format: string): SqlDate {
  const names: string[] = [];
  const pattern = format
    .toUpperCase()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(PARTS, (name) => {
      names.push(name);
      return name === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})';
    });
  const match = new RegExp(`^${pattern}`).exec(text);
  const part = (name: string): string =>
    (names.includes(name) ? (match?.[names.indexOf(name) + 1] ?? '') : '').padStart(2, '0');
  const day = `${part('YYYY')}-${part('MM')}-${part('DD')}`;
  if (!match || !isDay(day)) throw invalidQuery(`'${text}' is not a date of the format '${format}'`);
  return new SqlDate(day, `${part('HH24')}:${part('MI')}:${part('SS')}`);
}

function dateText({ day, time }: SqlDate, format: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const [hour = '', minute = '', second = ''] = time.split(':');
  const parts: Record<string, string> = { YYYY: year, MM: month, DD: date, HH24: hour, MI: minute, SS: second };
  return (format === '' ? 'YYYY-MM-DD' : format).replace(
    new RegExp(PARTS, 'gi'),
    (name) => parts[name.toUpperCase()] ?? '',
  );
}
