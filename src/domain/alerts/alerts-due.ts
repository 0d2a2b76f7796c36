/**
 * What is to be told over a channel now, given what was told over it before (console.md, *Alerts*): each opening of an
 * exception once, its end once, once that nobody has written a note, and a digest each working day. The row of an exception
 * says it all, so that nothing is lost where a process dies between opening one and telling it.
 */
import { isDecided } from '../exceptions/open-decision.ts';
import type { ExceptionCode } from '../exceptions/catalogue.ts';
import type { Remedy } from '../exceptions/exception.ts';
import type { ExceptionNote } from '../exceptions/render-note.ts';
import { isWorkingDay } from '../matching/working-days.ts';
import { dayIn, epochMsOf, timeIn, type Instant } from '../money/instant.ts';

export type AlertKind = 'opened' | 'ended' | 'escalated' | 'digest' | 'test';

/** One thing to tell; `key` is the same however often it is found. */
export interface AlertEvent {
  key: string;
  kind: AlertKind;
  /** Number of the exception, and which opening of it; null of a digest. */
  exception: number | null;
  opened: number | null;
}

export interface WatchedException {
  id: number;
  code: ExceptionCode;
  key: string;
  remedy: Remedy;
  opened: number;
  openSince: Instant;
  closedAt: Instant | null;
  /** Of this opening. */
  notes: readonly ExceptionNote[];
}

export interface WatchingChannel {
  name: string;
  /** Since when it is there: what ended before, nobody is told of, and what is open then is told at once. */
  since: Instant;
}

export interface AlertRules {
  now: Instant;
  escalateAfterMs: number;
  /** `08:00` in the books' zone. */
  digest: string;
  timeZone: string;
}

/** @param exceptions of the channel's owners: all that are open, and those that ended and were not told so @param told of these */
export function alertsDue(
  channel: WatchingChannel,
  exceptions: readonly WatchedException[],
  told: readonly AlertEvent[],
  rules: AlertRules,
): AlertEvent[] {
  const known = new Set(told.map(({ key }) => key));
  const lastTold = new Map<number, number>();
  for (const { kind, exception, opened } of told)
    if (kind === 'opened' && exception !== null)
      lastTold.set(exception, Math.max(opened ?? 0, lastTold.get(exception) ?? 0));
  const due = exceptions
    .filter(({ code, key }) => code !== 'alert-undelivered' || key !== channel.name)
    .flatMap((exception) => dueOf(channel, exception, lastTold.get(exception.id) ?? 0, rules));
  return [...due, ...digestDue(channel, rules)].filter(({ key }) => !known.has(key));
}

function dueOf(
  { since }: WatchingChannel,
  exception: WatchedException,
  lastTold: number,
  rules: AlertRules,
): AlertEvent[] {
  const { id, opened, closedAt } = exception;
  const event = (kind: AlertKind, opening: number): AlertEvent => ({
    key: `${kind}:${id}:${opening}`,
    kind,
    exception: id,
    opened: opening,
  });
  // It ended and opened again since: the end of the time before is told as well.
  const before = lastTold > 0 && lastTold < opened ? [event('ended', lastTold)] : [];
  // Who was told that it opened hears that it ended, whenever that was.
  if (closedAt !== null && closedAt <= since && lastTold < opened) return before;
  return [
    ...before,
    event('opened', opened),
    ...(closedAt === null ? [] : [event('ended', opened)]),
    ...(isOverdue(exception, since, rules) ? [event('escalated', opened)] : []),
  ];
}

/** A note is enough, one that puts aside until its day; what is decided asks nobody any more. */
function isOverdue(exception: WatchedException, since: Instant, { now, escalateAfterMs }: AlertRules): boolean {
  const { openSince, closedAt, notes } = exception;
  if (closedAt !== null || isDecided(exception)) return false;
  if (notes.some(({ snooze }) => snooze === null || snooze.comesBackAt > now)) return false;
  const cameBack = notes.flatMap(({ snooze }) => snooze?.comesBackAt ?? []);
  const from = [openSince, since, ...cameBack].reduce((latest, at) => (at > latest ? at : latest));
  return epochMsOf(now) - epochMsOf(from) >= escalateAfterMs;
}

/** Of today alone: one of a day on which nobody could send it is not sent later. */
function digestDue({ since }: WatchingChannel, { now, digest, timeZone }: AlertRules): AlertEvent[] {
  const today = dayIn(now, timeZone);
  const isEarlier = timeIn(now, timeZone) < digest;
  const isNewer = dayIn(since, timeZone) === today && timeIn(since, timeZone) > digest;
  if (!isWorkingDay(today) || isEarlier || isNewer) return [];
  return [{ key: `digest:${today}`, kind: 'digest', exception: null, opened: null }];
}
