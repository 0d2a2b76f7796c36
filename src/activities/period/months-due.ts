import { timeZoneOf } from '../../config/time-zone.ts';
import { epochMsOf, type Instant } from '../../domain/money/instant.ts';
import { reportMonthsDue, type MonthSpan } from '../../domain/period/report-months.ts';
import { readMark } from '../../store/intake/marks.ts';
import type { Connection } from '../connection.ts';

/** What did not work is asked for once a day. */
const AGAIN_MS = 24 * 3_600_000;

/** Amazon's time, heard anew where our clock has gone on since: months and days that are over are so by its clock. */
export async function amazonsNow(connection: Connection): Promise<Instant> {
  return connection.amazon.time(await connection.now());
}

/** Months of a connection of which Amazon is asked by now, in the home zone: that of its first marketplace. */
export function monthsDue({ settings }: Connection, now: Instant): MonthSpan[] {
  return reportMonthsDue(now, settings.cutOver, timeZoneOf(settings, null));
}

/** Whether something was asked for within the last day; a mark that lies ahead is that of another clock. */
export async function askedToday({ db, name }: Connection, mark: string, now: Instant): Promise<boolean> {
  const asked = await readMark(db, name, mark);
  return asked !== null && asked <= now && epochMsOf(now) - epochMsOf(asked) < AGAIN_MS;
}
