import { timeZoneOf } from '../../config/time-zone.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import { alertsDue } from '../../domain/alerts/alerts-due.ts';
import { EXCEPTIONS, type ExceptionCode, type Owner } from '../../domain/exceptions/catalogue.ts';
import { eventsOf, exceptionsToWatch, pendingEvents, planEvents } from '../../store/alerts/alert-events.ts';
import { channelSince, messageUnderWay } from '../../store/alerts/alert-messages.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { openNotes } from '../../store/exceptions/notes.ts';
import type { Connection } from '../connection.ts';
import type { ConnectedChannel } from './connected-alerts.ts';

/**
 * Writes down what is to be told over each channel, from what is open and what was told before. Idempotent: each thing has a
 * key, and one that is written stays as it is.
 */
export async function planAlerts(
  connection: Connection,
  { test }: OfConnection & { test?: { channel: string; act: string } },
): Promise<{ channels: string[] }> {
  const { alerts, db, name } = connection;
  const now = await connection.now();
  await endTakenAway(connection);
  const waiting: string[] = [];
  for (const channel of alerts.channels) {
    await plan(connection, channel, now);
    if (channel.name === test?.channel) {
      const event = { key: `test:${test.act}`, kind: 'test', exception: null, opened: null } as const;
      await planEvents(db, name, channel.name, [event], now);
    }
    const isDue =
      (await pendingEvents(db, name, channel.name)).length > 0 ||
      (await messageUnderWay(db, name, channel.name)) !== null;
    if (isDue) waiting.push(channel.name);
  }
  return { channels: waiting };
}

async function plan(connection: Connection, channel: ConnectedChannel, now: string): Promise<void> {
  const { alerts, db, name, settings } = connection;
  const since = await channelSince(db, name, channel.name, now);
  const notes = await openNotes(db, name);
  const found = await exceptionsToWatch(db, name, channel.name, codesOf(channel.owners), since);
  const told = await eventsOf(
    db,
    name,
    channel.name,
    found.map(({ id }) => id),
  );
  const due = alertsDue(
    { name: channel.name, since },
    found.map((exception) => ({ ...exception, notes: notes.get(exception.id) ?? [] })),
    told,
    { now, escalateAfterMs: alerts.escalateAfterMs, digest: alerts.digest, timeZone: timeZoneOf(settings, null) },
  );
  await planEvents(db, name, channel.name, due, now);
}

function codesOf(owners: readonly Owner[]): ExceptionCode[] {
  const codes = Object.keys(EXCEPTIONS) as ExceptionCode[];
  return codes.filter((code) => owners.includes(EXCEPTIONS[code].owner));
}

/** What was raised of a channel that the configuration no longer has. */
async function endTakenAway(connection: Connection): Promise<void> {
  const { alerts, db, name } = connection;
  const there = new Set(alerts.channels.map((channel) => channel.name));
  for (const key of await openKeys(db, name, 'alert-undelivered'))
    if (!there.has(key))
      await connection.resolve('alert-undelivered', key, 'the configuration no longer has the channel');
}
