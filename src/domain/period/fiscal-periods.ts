/** NetSuite's base periods beside the months of the close (close.md, *The period*). */
import { monthOf, type Day } from '../money/instant.ts';
import { firstDayOf, lastDayOf } from './calendar.ts';

interface BasePeriod {
  name: string;
  start: Day;
  end: Day;
}

/** Those that are not one calendar month each: of 4 weeks, 4-4-5, half a month. A month is closed as the period of the same days. */
export function otherThanMonths<P extends BasePeriod>(periods: readonly P[]): P[] {
  return periods.filter(({ start, end }) => {
    const month = monthOf(start);
    return start !== firstDayOf(month) || end !== lastDayOf(month);
  });
}

/** Null where all are months. `period FY27 P01 (2026-10-05 to 2026-11-01) and 11 more are not calendar months` */
export function explainOtherPeriods(periods: readonly BasePeriod[]): string | null {
  const [first, ...more] = otherThanMonths(periods);
  if (first === undefined) return null;
  const named = `period ${first.name} (${first.start} to ${first.end})`;
  return more.length === 0
    ? `${named} is not a calendar month`
    : `${named} and ${more.length} more are not calendar months`;
}
