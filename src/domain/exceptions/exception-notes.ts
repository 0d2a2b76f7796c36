/** What people write about an exception, and until when one is put aside (console.md, *Inbox*). A note decides and books nothing. */
import { renderDay } from '../clocks/render-dates.ts';
import { lastDayOfMonth, monthOf, type Day, type Instant } from '../money/instant.ts';
import type { ExceptionNote } from './render-note.ts';

/** Where an exception stands by its notes. */
export interface NotedStanding {
  assignee: string | null;
  /** Null where it is not snoozed, or has come back. */
  snoozedUntil: Day | null;
}

/** By what was said last. @param notes of this opening, in their order @param now null where nobody knows the time: nothing has come back then */
export function notedStanding(notes: readonly ExceptionNote[], now: Instant | null): NotedStanding {
  const snooze = notes.findLast((note) => note.snooze !== null)?.snooze ?? null;
  return {
    assignee: notes.findLast(({ assignee }) => assignee !== null)?.assignee ?? null,
    snoozedUntil: snooze === null || (now !== null && snooze.comesBackAt <= now) ? null : snooze.until,
  };
}

/**
 * Why an exception may not be put aside until a day, as a sentence; null where it may: from tomorrow to the end of this month,
 * and not at all where the month in which it opened is over and still to be signed.
 * @param unsigned months that are worked out here and not signed
 */
export function explainRefusedSnooze({
  until,
  today,
  openSince,
  unsigned,
}: {
  until: Day;
  today: Day;
  openSince: Day;
  unsigned: ReadonlySet<string>;
}): string | null {
  const month = monthOf(openSince);
  if (month < monthOf(today) && unsigned.has(month))
    return `It is of ${month}, which is over and not signed: it cannot be put aside any more; npx tieout note says what it waits for.`;
  if (until <= today) return `${renderDay(until)} is not after today, ${renderDay(today)}.`;
  const last = lastDayOfMonth(today);
  return until <= last
    ? null
    : `${renderDay(until)} is past the end of ${monthOf(today)}: nothing is put aside for longer than its month, ${renderDay(last)}.`;
}
