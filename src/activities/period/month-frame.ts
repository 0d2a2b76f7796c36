import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn, monthOf, type Day, type Instant } from '../../domain/money/instant.ts';
import { monthSpan } from '../../domain/period/report-months.ts';
import { firstDayOf, lastDayOf, type Period } from '../../domain/period/calendar.ts';
import type { Connection } from '../connection.ts';

/** A month as of one moment: all that is asked of it is asked of the same one. */
export interface MonthFrame {
  period: Period;
  firstDay: Day;
  lastDay: Day;
  /** Half open; the first month begins at the cut-over. */
  from: Instant;
  until: Instant;
  now: Instant;
  /** In the home zone. */
  today: Day;
  isOver: boolean;
  isFirst: boolean;
}

/** @param now by Amazon's clock where it is known, for what is told is Amazon's */
export function monthFrame({ settings }: Connection, period: Period, now: Instant): MonthFrame {
  const homeZone = timeZoneOf(settings, null);
  const { start: from, end: until } = monthSpan(period, settings.cutOver, homeZone);
  return {
    period,
    firstDay: firstDayOf(period),
    lastDay: lastDayOf(period),
    from,
    until,
    now,
    today: dayIn(now, homeZone),
    isOver: now >= until,
    isFirst: period === monthOf(dayIn(settings.cutOver, homeZone)),
  };
}
