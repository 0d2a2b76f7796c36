import { instantOf, type Instant } from '../money/instant.ts';

const TIME = String.raw`(?:[T ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?: ?(UTC|GMT|Z|[+-]\d{2}:?\d{2}))?)?`;
/** `2025-08-14T22:07:18+00:00`, `2023-01-01 00:00:00 UTC`, `2023/03/14 07:49:55 UTC`, each also without a time. */
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/])(\d{2})\2(\d{2})${TIME}$`);
/** `14.03.2023 07:49:55 UTC`, also without a time. */
const DOTTED = new RegExp(String.raw`^(\d{2})\.(\d{2})\.(\d{4})${TIME}$`);

/**
 * Instant of a date as settlement reports write it, told apart by its pattern; null when it is none of the
 * known ones. A date without a time is midnight UTC. `NN/NN/NN` is refused: day and month cannot be told
 * apart. Amazon writes one format per marketplace: see the patterns above.
 */
export function parseReportInstant(text: string): Instant | null {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [, year, , month, day, hour, minute, second, zone] = yearFirst;
    return instant(year!, month!, day!, hour, minute, second, zone);
  }
  const dotted = DOTTED.exec(text);
  if (dotted) {
    const [, day, month, year, hour, minute, second, zone] = dotted;
    return instant(year!, month!, day!, hour, minute, second, zone);
  }
  return null;
}

/** True for `09/06/25` and the like, where day and month cannot be told apart. */
export function isAmbiguousDate(text: string): boolean {
  return /^\d{1,2}\/\d{1,2}\/(\d{2}|\d{4})\b/.test(text);
}

function instant(
  year: string, month: string, day: string, hour = '00', minute = '00', second = '00', zone: string | undefined,
): Instant | null {
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || !isDay(Number(year), Number(month), Number(day))) return null;
  const offset = zone === undefined ? null : /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!offset) return written;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return instantOf(Date.parse(written) - (offset[1] === '-' ? -minutes : minutes) * 60_000);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
