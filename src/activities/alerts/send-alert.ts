import { timeZoneOf } from '../../config/time-zone.ts';
import type { Delivery } from '../../clients/alerts/alert-channel.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { AlertSent } from '../../contracts/alerts/alerts.ts';
import type { AlertMessage } from '../../domain/alerts/alert-message.ts';
import { pauseMs, undelivered } from '../../domain/alerts/channel-trouble.ts';
import { renderAlertSubject, renderAlertText } from '../../domain/alerts/render-alert.ts';
import type { Database } from '../../store/database.ts';
import { forgetTests, pendingEvents, settleEvents } from '../../store/alerts/alert-events.ts';
import {
  beginMessage,
  channelStanding,
  dropMessage,
  endMessage,
  markFailing,
  markTaken,
  messageUnderWay,
  sendAgain,
} from '../../store/alerts/alert-messages.ts';
import type { Connection } from '../connection.ts';
import { composeAlert } from './compose-alert.ts';
import type { ConnectedChannel } from './connected-alerts.ts';

/**
 * Sends the next message of a channel, written down as being sent before it is. Safe to run again: what another attempt is
 * sending is left to it; what one was sending when its process ended, or lost the answer of, is sent again where the receiver
 * knows a message by its key, and else counts as unknown, for the digest to tell again. Nothing else is sent twice.
 */
export async function sendAlert(
  connection: Connection,
  { channel: name, despitePause }: OfConnection & { channel: string; despitePause: boolean },
): Promise<AlertSent> {
  const channel = connection.alerts.channels.find((one) => one.name === name);
  if (channel === undefined) return { result: 'nothing', problem: null, more: false };
  const now = await connection.now();
  const claimed = await connection.db
    .transaction()
    .execute((tx) => claim(tx, connection, channel, { now, despitePause }));
  if ('result' in claimed) return { result: claimed.result, problem: null, more: false };
  const { message, tries } = claimed;
  connection.failPoint('alert:claimed');
  const zone = timeZoneOf(connection.settings, null);
  const delivery = await channel.channel.send(
    {
      id: message.id,
      subject: renderAlertSubject(message, zone),
      text: renderAlertText(message, zone),
      json: { ...message, summary: renderAlertSubject(message, zone) },
    },
    connection.realNow(),
  );
  connection.failPoint('alert:answered');
  return take(connection, channel, { message, tries, delivery, now });
}

type Claimed = { message: AlertMessage; tries: number } | { result: 'waits' | 'nothing' };

async function claim(
  tx: Database,
  connection: Connection,
  { name, channel }: ConnectedChannel,
  { now, despitePause }: { now: string; despitePause: boolean },
): Promise<Claimed> {
  const nowMs = connection.realNow();
  const standing = await channelStanding(tx, connection.name, name, 'alone');
  if (standing === null) return { result: 'nothing' };
  const { tries, againMs } = standing;
  const rests = againMs !== null && againMs > nowMs && !despitePause;
  const underWay = await messageUnderWay(tx, connection.name, name);
  if (underWay !== null) {
    if (nowMs - underWay.sendingMs < connection.alerts.claimMs) return { result: 'waits' };
    if (channel.knowsRepeats) {
      if (rests) return { result: 'waits' };
      await sendAgain(tx, underWay.message.id, nowMs);
      return { message: underWay.message, tries };
    }
    await endMessage(tx, underWay.message.id, 'unknown');
  }
  if (rests) return { result: 'waits' };
  return begin(tx, connection, name, { now, nowMs, tries });
}

async function begin(
  tx: Database,
  connection: Connection,
  name: string,
  { now, nowMs, tries }: { now: string; nowMs: number; tries: number },
): Promise<Claimed> {
  const channel = connection.alerts.channels.find((one) => one.name === name)!;
  const pending = await pendingEvents(tx, connection.name, name);
  if (pending.length === 0) return { result: 'nothing' };
  const { message, events, retold } = await composeAlert(tx, connection, channel, pending, now);
  if (message.kind === 'exceptions' && message.exceptions.length === 0) {
    // What was to be told is over, and its end was told.
    await settleEvents(tx, connection.name, name, events);
    return begin(tx, connection, name, { now, nowMs, tries });
  }
  await beginMessage(tx, name, message, { events, retold, nowMs });
  return { message, tries };
}

async function take(
  connection: Connection,
  { name, via, channel }: ConnectedChannel,
  { message, tries, delivery, now }: { message: AlertMessage; tries: number; delivery: Delivery; now: string },
): Promise<AlertSent> {
  const { db } = connection;
  if (delivery.is === 'taken') {
    await endMessage(db, message.id, 'sent');
    await markTaken(db, connection.name, name, now);
    const { problem = null } = delivery;
    if (problem === null) await connection.resolve('alert-undelivered', name, 'the channel takes messages again');
    else await connection.raise(undelivered(name, via, problem, null));
    const more = (await pendingEvents(db, connection.name, name)).length > 0;
    return { result: 'sent', problem, more };
  }
  if (delivery.is === 'not taken') await dropMessage(db, message.id);
  else if (!channel.knowsRepeats) await endMessage(db, message.id, 'unknown');
  await forgetTests(db, connection.name, name);
  const nowMs = connection.realNow();
  const { problem } = delivery;
  const askedFor = delivery.is === 'not taken' ? delivery.afterMs : null;
  const since = await markFailing(db, connection.name, name, {
    nowMs,
    againMs: nowMs + pauseMs(tries, askedFor),
    problem,
  });
  const forMs = nowMs - since;
  if (forMs >= connection.alerts.undeliveredAfterMs) await connection.raise(undelivered(name, via, problem, forMs));
  return { result: delivery.is, problem, more: false };
}
