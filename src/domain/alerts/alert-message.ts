/** One message over a channel: what a receiver of JSON gets, and what `render-alert.ts` makes words of. */
import { EXCEPTIONS, type ExceptionCode, type Owner } from '../exceptions/catalogue.ts';
import type { Evidence, Remedy } from '../exceptions/exception.ts';
import { renderRemedy } from '../exceptions/render-remedy.ts';
import { formatMinor, parseMinor } from '../money/money.ts';
import type { Day, Instant } from '../money/instant.ts';
import type { AlertKind } from './alerts-due.ts';

/** `passed`: it opened and ended before it could be told. `open`: in a digest. */
export type AlertLineKind = 'opened' | 'ended' | 'passed' | 'escalated' | 'open';

/** An exception as it is told: the sentence, amount, owner and next step that `tieout exceptions` shows. */
export interface AlertLine {
  event: AlertLineKind;
  number: number;
  code: ExceptionCode;
  owner: Owner;
  what: string;
  /** Plain decimals of `currency`. */
  atStake: string | null;
  currency: string | null;
  /** Null once it has ended. */
  next: string | null;
  /** Null of a time before this one that it was open. */
  since: Instant | null;
  /** Null while it is open, and where it has opened again since. */
  ended: Instant | null;
  resolution: string | null;
  holdsUp: boolean;
  assignee: string | null;
  /** Told before over this channel, and nobody knows whether it came. */
  perhapsTold: boolean;
}

export interface AlertMessage {
  /** Of this message alone; sent again it is the same. */
  id: string;
  connection: string;
  kind: 'exceptions' | 'digest' | 'test';
  at: Instant;
  /** Day of a digest. */
  day: Day | null;
  /** Whose exceptions are meant. */
  owners: readonly Owner[];
  exceptions: AlertLine[];
  /** How many more there are, which `exceptions` leaves out. */
  more: number;
  /** How many of a digest are put aside, and are not listed. */
  snoozed: number;
}

export interface ToldException {
  id: number;
  code: ExceptionCode;
  owner: Owner;
  evidence: Evidence;
  remedy: Remedy;
  opened: number;
  openSince: Instant;
  closedAt: Instant | null;
  resolution: string | null;
  assignee: string | null;
}

/** What is to be told of one exception. */
export interface PendingEvent {
  kind: AlertKind;
  opened: number;
  exception: ToldException;
}

/** A message holds so many exceptions; what is more is counted, and listed by the command. */
const AT_MOST = 500;

type Head = Pick<AlertMessage, 'id' | 'connection' | 'at' | 'owners'>;

/** @param events at least one, of any number of exceptions */
export function exceptionsMessage(head: Head, events: readonly PendingEvent[]): AlertMessage {
  const lines = [...byOpening(events).values()].flatMap(lineOf).sort(byUrgency);
  return { ...head, kind: 'exceptions', day: null, snoozed: 0, ...cut(lines) };
}

/** @param open those of the owners that are not put aside @param perhapsTold what was told and may not have come */
export function digestMessage(
  head: Head,
  {
    day,
    open,
    snoozed,
    perhapsTold,
  }: { day: Day; open: readonly ToldException[]; snoozed: number; perhapsTold: readonly PendingEvent[] },
): AlertMessage {
  const doubted = new Set(perhapsTold.map(({ exception }) => exception.id));
  const ended = [...byOpening(perhapsTold).values()]
    .flatMap(lineOf)
    .filter(({ event }) => event === 'ended' || event === 'passed')
    .map((line) => ({ ...line, perhapsTold: true }));
  const lines = open
    .map((exception) => ({ ...lineFor('open', exception), perhapsTold: doubted.has(exception.id) }))
    .sort(byUrgency);
  return { ...head, kind: 'digest', day, snoozed, ...cut([...lines, ...ended]) };
}

export function testMessage(head: Head): AlertMessage {
  return { ...head, kind: 'test', day: null, snoozed: 0, exceptions: [], more: 0 };
}

function cut(lines: readonly AlertLine[]): Pick<AlertMessage, 'exceptions' | 'more'> {
  return { exceptions: lines.slice(0, AT_MOST), more: Math.max(0, lines.length - AT_MOST) };
}

function byOpening(events: readonly PendingEvent[]): Map<string, PendingEvent[]> {
  const found = new Map<string, PendingEvent[]>();
  for (const event of events) {
    const opening = `${event.exception.id}:${event.opened}`;
    found.set(opening, [...(found.get(opening) ?? []), event]);
  }
  return found;
}

/** One line of all that is to be told of one opening; none where nothing of it is left to say. */
function lineOf(events: readonly PendingEvent[]): AlertLine[] {
  const { exception, opened } = events[0]!;
  const has = (kind: AlertKind) => events.some((event) => event.kind === kind);
  const isOpen = exception.closedAt === null && exception.opened === opened;
  if (has('ended')) return [lineFor(has('opened') ? 'passed' : 'ended', exception, opened)];
  if (has('opened')) return [lineFor('opened', exception, opened)];
  return isOpen && has('escalated') ? [lineFor('escalated', exception)] : [];
}

function lineFor(event: AlertLineKind, exception: ToldException, opened = exception.opened): AlertLine {
  const { id, code, owner, evidence, remedy, openSince, closedAt, resolution, assignee } = exception;
  const { what, atStake, currency } = evidence;
  const isAgain = opened < exception.opened;
  const isOver = isAgain || closedAt !== null;
  return {
    event,
    number: id,
    code,
    owner,
    what,
    atStake: atStake === null || currency === null ? null : formatMinor(atStake, currency),
    currency,
    next: isOver ? null : renderRemedy(remedy, id),
    since: isAgain ? null : openSince,
    ended: isAgain ? null : closedAt,
    resolution: isAgain ? 'it has opened again since' : resolution,
    holdsUp: EXCEPTIONS[code].holdsUp,
    assignee,
    perhapsTold: false,
  };
}

const ORDER: readonly AlertLineKind[] = ['opened', 'escalated', 'open', 'ended', 'passed'];

/** What holds something up first, then the amount, then the age (console.md, *Inbox*). */
function byUrgency(one: AlertLine, other: AlertLine): number {
  return (
    ORDER.indexOf(one.event) - ORDER.indexOf(other.event) ||
    Number(other.holdsUp) - Number(one.holdsUp) ||
    Number(sizeOf(other) > sizeOf(one)) - Number(sizeOf(other) < sizeOf(one)) ||
    (one.since ?? '').localeCompare(other.since ?? '') ||
    one.number - other.number
  );
}

/** For an order alone, whatever the currency. */
function sizeOf({ atStake, currency }: AlertLine): bigint {
  const minor = atStake === null || currency === null ? 0n : (parseMinor(atStake, currency) ?? 0n);
  return minor < 0n ? -minor : minor;
}
