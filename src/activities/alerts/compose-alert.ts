import { randomUUID } from 'node:crypto';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { AlertEvent } from '../../domain/alerts/alerts-due.ts';
import {
  digestMessage,
  exceptionsMessage,
  testMessage,
  type AlertMessage,
  type PendingEvent,
  type ToldException,
} from '../../domain/alerts/alert-message.ts';
import { notedStanding } from '../../domain/exceptions/exception-notes.ts';
import { dayIn } from '../../domain/money/instant.ts';
import type { Database } from '../../store/database.ts';
import { doubtedEvents, exceptionsByNumber } from '../../store/alerts/alert-events.ts';
import { openExceptions, type StoredException } from '../../store/exceptions/exceptions.ts';
import { openNotes, type RecordedNote } from '../../store/exceptions/notes.ts';
import type { Connection } from '../connection.ts';
import type { ConnectedChannel } from './connected-alerts.ts';

export interface ComposedAlert {
  message: AlertMessage;
  /** What it tells. */
  events: AlertEvent[];
  /** What it tells again. */
  retold: AlertEvent[];
}

/** The next message of a channel, of what is pending: all that opened and ended, else a digest, else a test. */
export async function composeAlert(
  tx: Database,
  { name, settings }: Connection,
  { name: channel, owners }: ConnectedChannel,
  pending: readonly AlertEvent[],
  now: string,
): Promise<ComposedAlert> {
  const head = { id: randomUUID(), connection: name, at: now, owners };
  const notes = await openNotes(tx, name);
  const ofExceptions = pending.filter(({ exception }) => exception !== null);
  if (ofExceptions.length > 0)
    return { message: exceptionsMessage(head, await told(tx, ofExceptions, notes)), events: ofExceptions, retold: [] };
  const digests = pending.filter(({ kind }) => kind === 'digest');
  if (digests.length === 0) return { message: testMessage(head), events: [...pending], retold: [] };
  const open = (await openExceptions(tx, name)).filter(
    ({ owner, code, key }) => owners.includes(owner) && (code !== 'alert-undelivered' || key !== channel),
  );
  const aside = open.filter(({ id }) => notedStanding(notes.get(id) ?? [], now).snoozedUntil !== null);
  const doubted = await doubtedEvents(tx, name, channel);
  const message = digestMessage(head, {
    day: dayIn(now, timeZoneOf(settings, null)),
    open: open.filter((exception) => !aside.includes(exception)).map((exception) => toldOf(exception, notes)),
    snoozed: aside.length,
    perhapsTold: await told(tx, doubted, notes),
  });
  return { message, events: digests, retold: doubted };
}

async function told(
  tx: Database,
  events: readonly AlertEvent[],
  notes: ReadonlyMap<number, RecordedNote[]>,
): Promise<PendingEvent[]> {
  const exceptions = await exceptionsByNumber(
    tx,
    events.flatMap(({ exception }) => exception ?? []),
  );
  return events.flatMap(({ kind, exception, opened }) => {
    const found = exceptions.get(exception ?? 0);
    return found === undefined ? [] : [{ kind, opened: opened ?? 1, exception: toldOf(found, notes) }];
  });
}

function toldOf(exception: StoredException, notes: ReadonlyMap<number, RecordedNote[]>): ToldException {
  return { ...exception, assignee: notedStanding(notes.get(exception.id) ?? [], null).assignee };
}
