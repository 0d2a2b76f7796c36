import { timeZoneOf } from '../../config/time-zone.ts';
import { dayIn, epochMsOf, instantOf, monthOf, type Day, type Instant } from '../../domain/money/instant.ts';
import { monthSpan } from '../../domain/period/report-months.ts';
import { explainNoMonth, firstDayOf, lastDayOf, type Period } from '../../domain/period/calendar.ts';
import { readMark } from '../../store/intake/marks.ts';
import type { Connection } from '../connection.ts';
import { refuseDecision } from '../decisions/refuse-decision.ts';

/** Up to 48 hours late (amazon.md §4.1). */
export const TELLS_WITHIN_MS = 48 * 3_600_000;

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
  /** Two days after the month's end: until then Amazon may still tell something of it (amazon.md §4.1, up to 48 hours late). */
  toldBy: Instant;
  /** Up to when its transactions were read, and when its event groups; null before the first reading. */
  toldUpTo: Instant | null;
  groupsReadAt: Instant | null;
}

/** The month of the cut-over, in the home zone. */
export function firstMonth({ settings }: Pick<Connection, 'settings'>): Period {
  return monthOf(dayIn(settings.cutOver, timeZoneOf(settings, null)));
}

/** Why nothing is decided of a month, and none is kept of it: it lies before the cut-over, or has not begun. */
export function noMonth(connection: Pick<Connection, 'settings'>, period: Period, now: Instant): string | null {
  const current = monthOf(dayIn(now, timeZoneOf(connection.settings, null)));
  return explainNoMonth(period, firstMonth(connection), current);
}

/** @throws ApplicationFailure `CLOSE_REFUSED` */
export function refuseNoMonth(connection: Pick<Connection, 'settings'>, period: Period, now: Instant): void {
  const refused = noMonth(connection, period, now);
  if (refused !== null) throw refuseDecision('CLOSE_REFUSED', refused);
}

/** @param now by Amazon's clock where it is known, for what is told is Amazon's */
export async function monthFrame(connection: Connection, period: Period, now: Instant): Promise<MonthFrame> {
  const { settings, db, name } = connection;
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
    toldBy: instantOf(epochMsOf(until) + TELLS_WITHIN_MS),
    toldUpTo: await readMark(db, name, 'refunds'),
    groupsReadAt: await readMark(db, name, 'event-groups'),
    isFirst: period === firstMonth(connection),
  };
}
