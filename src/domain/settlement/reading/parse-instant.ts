import { readDigits } from './read-digits.ts';

/**
 * Dates as settlement reports write them, told apart by their pattern. Amazon writes one format per marketplace:
 *
 * - `2025-08-14T22:07:18+00:00`, `2023-01-01 00:00:00 UTC`, `2023/03/14 07:49:55 UTC`
 * - `14.03.2023 07:49:55 UTC`
 *
 * each also without a time, which is midnight UTC; fractions of a second are dropped; a time without a zone is UTC.
 * `NN/NN/NN` is refused: day and month cannot be told apart.
 */
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const SLASH = 47;
const COLON = 58;
const T = 84;
const ZONES = ['UTC', 'GMT', 'Z'].map((name) => new TextEncoder().encode(name));
const DAY = 86_400;

/** Epoch seconds of the date in `bytes[start, end)`; null when it is none of the known patterns, or no day of the calendar. */
export function parseInstantBytes(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start < 10) return null;
  const day = bytes[start + 2] === POINT ? dottedDay(bytes, start) : yearFirstDay(bytes, start);
  if (day === null) return null;
  if (end - start === 10) return day * DAY;
  const at = start + 10;
  if (end - at < 9 || (bytes[at] !== T && bytes[at] !== SPACE) || bytes[at + 3] !== COLON || bytes[at + 6] !== COLON)
    return null;
  const hour = readDigits(bytes, at + 1, 2);
  const minute = readDigits(bytes, at + 4, 2);
  const second = readDigits(bytes, at + 7, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  const offset = zoneOffset(bytes, afterFraction(bytes, at + 9, end), end);
  return offset === null ? null : day * DAY + hour * 3600 + minute * 60 + second - offset;
}

/** True for `09/06/25` and the like, where day and month cannot be told apart. */
export function isAmbiguousDate(text: string): boolean {
  return /^\d{1,2}\/\d{1,2}\/(\d{2}|\d{4})\b/.test(text);
}

function yearFirstDay(bytes: Uint8Array, at: number): number | null {
  const mark = bytes[at + 4];
  if ((mark !== MINUS && mark !== SLASH) || bytes[at + 7] !== mark) return null;
  return dayNumber(readDigits(bytes, at, 4), readDigits(bytes, at + 5, 2), readDigits(bytes, at + 8, 2));
}

function dottedDay(bytes: Uint8Array, at: number): number | null {
  if (bytes[at + 5] !== POINT) return null;
  return dayNumber(readDigits(bytes, at + 6, 4), readDigits(bytes, at + 3, 2), readDigits(bytes, at, 2));
}

/** The byte after `.123`; `at` itself where there is no fraction. */
function afterFraction(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== POINT) return at;
  let after = at + 1;
  while (after < end && readDigits(bytes, after, 1) >= 0) after += 1;
  return after === at + 1 ? at : after;
}

/** Seconds east of UTC of what stands after the time: a zone, maybe after a blank, or nothing; null for anything else. */
function zoneOffset(bytes: Uint8Array, after: number, end: number): number | null {
  if (after === end) return 0;
  const at = bytes[after] === SPACE ? after + 1 : after;
  const sign = bytes[at];
  if (sign !== PLUS && sign !== MINUS) return isUtc(bytes, at, end) ? 0 : null;
  const minutesAt = bytes[at + 3] === COLON ? at + 4 : at + 3;
  if (end !== minutesAt + 2) return null;
  const hours = readDigits(bytes, at + 1, 2);
  const minutes = readDigits(bytes, minutesAt, 2);
  // No zone is further than 14 hours from UTC.
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return null;
  return (sign === MINUS ? -60 : 60) * (hours * 60 + minutes);
}

function isUtc(bytes: Uint8Array, at: number, end: number): boolean {
  for (const name of ZONES) if (holds(bytes, at, end, name)) return true;
  return false;
}

function holds(bytes: Uint8Array, at: number, end: number, name: Uint8Array): boolean {
  if (end - at !== name.length) return false;
  for (let index = 0; index < name.length; index += 1) if (bytes[at + index] !== name[index]) return false;
  return true;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days before each month of a year that is none of the leap years. */
const DAYS_BEFORE = MONTH_DAYS.map((_, month) => MONTH_DAYS.slice(0, month).reduce((sum, days) => sum + days, 0));
/** Amazon opened in 1995: a date outside these years is a slip, and would be booked in a period that nobody looks at. */
const FIRST_YEAR = 1995;
const LAST_YEAR = 2199;
/** Days from 0000-01-01 to 1970-01-01. */
const DAYS_TO_EPOCH = 719_528;

/** Days since 1970-01-01 in the Gregorian calendar, null when there is no such day. */
function dayNumber(year: number, month: number, day: number): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > MONTH_DAYS[month - 1]! + (leap && month === 2 ? 1 : 0)) return null;
  // Leap days of the years before this one; year 0 is a leap year.
  const leapDays = Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400) + 1;
  return year * 365 + leapDays + DAYS_BEFORE[month - 1]! + (leap && month > 2 ? 1 : 0) + day - 1 - DAYS_TO_EPOCH;
}
