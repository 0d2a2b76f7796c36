/**
 * The day on which NetSuite takes a document: its own, or, where the period of that day takes nothing, the first day of
 * the first period after it that does. Date and period move together: NetSuite refuses what is dated in a closed period
 * and triggers costing there, whatever period it posts to.
 */
import type { Locks } from '../documents/document-kind.ts';
import type { Day } from '../money/instant.ts';

export interface AccountingPeriod {
  id: string;
  name: string;
  start: Day;
  end: Day;
  closed: boolean;
  allLocked: boolean;
  arLocked: boolean;
  /** Its month is signed here: closed for us, whether NetSuite has locked it or not (close.md, *Closed periods*). */
  signed?: boolean;
}

/** `wait` for a person to open the period, or book on the `first-open-day` after it. */
export type ClosedPeriodPolicy = 'wait' | 'first-open-day';

export type BookingDay =
  | { takes: true; day: Day; period: string }
  /** No period takes the document; `sentence` says why. */
  | { takes: false; sentence: string };

/** @param periods base periods that end on the day or later, in order */
export function bookingDay(
  periods: readonly AccountingPeriod[],
  day: Day,
  locks: Locks,
  policy: ClosedPeriodPolicy,
): BookingDay {
  const own = periods.find(({ start, end }) => start <= day && day <= end);
  if (own === undefined) return { takes: false, sentence: `NetSuite has no accounting period for ${day}` };
  const reason = shut(own, locks);
  if (reason === null) return { takes: true, day, period: own.id };
  if (policy === 'wait') return { takes: false, sentence: reason };
  const next = periods.find((period) => period.start > own.end && shut(period, locks) === null);
  return next
    ? { takes: true, day: next.start, period: next.id }
    : { takes: false, sentence: `${reason}, and no later period is open` };
}

function shut({ name, closed, allLocked, arLocked, signed }: AccountingPeriod, locks: Locks): string | null {
  if (closed || allLocked) return `the period ${name} is ${closed ? 'closed' : 'locked'} in NetSuite`;
  if (signed) return `the period ${name} is signed (npx tieout close)`;
  return locks === 'receivables' && arLocked ? `receivables of the period ${name} are locked in NetSuite` : null;
}

/** Ends the memo of a document that is booked on another day than its own; `{PURPOSE} {businessKey} {part}` stays its beginning. */
export function memoOf(memo: string, trueDay: Day | null): string {
  return trueDay === null ? memo : `${memo} · true day ${trueDay}`;
}
