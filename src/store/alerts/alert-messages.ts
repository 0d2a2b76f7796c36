/** Messages on their way over a channel, and how the channel fares. */
import { sql } from 'kysely';
import type { AlertEvent } from '../../domain/alerts/alerts-due.ts';
import type { AlertMessage } from '../../domain/alerts/alert-message.ts';
import type { Database } from '../database.ts';

export interface ChannelStanding {
  since: string;
  /** Epoch milliseconds of real time: since when it takes nothing, and before when it is not asked again; null where it works. */
  failingSinceMs: number | null;
  againMs: number | null;
  tries: number;
  problem: string | null;
  /** When it last took a message. */
  takenAt: string | null;
}

export interface MessageUnderWay {
  message: AlertMessage;
  sendingMs: number;
}

/** A channel that is met for the first time is there from now on. */
export async function channelSince(db: Database, connection: string, channel: string, now: string): Promise<string> {
  await db
    .insertInto('alert_channels')
    .values({ connection, channel, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await channelStanding(db, connection, channel))!.since;
}

export async function channelStanding(
  db: Database,
  connection: string,
  channel: string,
  lock: 'alone' | 'beside others' = 'beside others',
): Promise<ChannelStanding | null> {
  let query = db
    .selectFrom('alert_channels')
    .selectAll()
    .where('connection', '=', connection)
    .where('channel', '=', channel);
  if (lock === 'alone') query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  return {
    since: row.since,
    failingSinceMs: row.failing_since_ms === null ? null : Number(row.failing_since_ms),
    againMs: row.again_ms === null ? null : Number(row.again_ms),
    tries: row.tries,
    problem: row.problem,
    takenAt: row.taken_at,
  };
}

/** The one that is being sent, or was when its process ended. */
export async function messageUnderWay(
  db: Database,
  connection: string,
  channel: string,
): Promise<MessageUnderWay | null> {
  const row = await db
    .selectFrom('alert_messages')
    .select(['message', 'sending_ms'])
    .where('connection', '=', connection)
    .where('channel', '=', channel)
    .where('state', '=', 'sending')
    .orderBy('made_at')
    .executeTakeFirst();
  return row === undefined
    ? null
    : { message: JSON.parse(row.message) as AlertMessage, sendingMs: Number(row.sending_ms) };
}

/** Writes down that a message is being sent, before it is. @param retold what it tells again, by its keys */
export async function beginMessage(
  tx: Database,
  channel: string,
  message: AlertMessage,
  { events, retold, nowMs }: { events: readonly AlertEvent[]; retold: readonly AlertEvent[]; nowMs: number },
): Promise<void> {
  const { id, connection } = message;
  await tx
    .insertInto('alert_messages')
    .values({
      id,
      connection,
      channel,
      state: 'sending',
      sending_ms: BigInt(nowMs),
      made_at: message.at,
      message: JSON.stringify(message),
    })
    .execute();
  const keysOf = (some: readonly AlertEvent[]) => some.map(({ key }) => key);
  await sql`update alert_events set state = 'sending', message = ${id} where connection = ${connection} and channel = ${channel} and key = any(${keysOf(events)})`.execute(
    tx,
  );
  await sql`update alert_events set retold_in = ${id} where connection = ${connection} and channel = ${channel} and key = any(${keysOf(retold)})`.execute(
    tx,
  );
}

/** It is sent once more, the same. */
export async function sendAgain(tx: Database, id: string, nowMs: number): Promise<void> {
  await tx
    .updateTable('alert_messages')
    .set({ sending_ms: BigInt(nowMs) })
    .where('id', '=', id)
    .execute();
}

/** It was not taken: what it told of is free for the next message, and it is forgotten. */
export async function dropMessage(db: Database, id: string): Promise<void> {
  await sql`
    with gone as (delete from alert_messages where id = ${id} and state = 'sending' returning id)
    update alert_events a set state = 'failed', message = null from gone where a.message = gone.id and a.state = 'sending'`.execute(
    db,
  );
}

/** What became of a message, and of what it told. One that was given up as unknown and has come after all is sent; nothing else is taken back. */
export async function endMessage(db: Database, id: string, state: 'sent' | 'unknown'): Promise<void> {
  const before = state === 'sent' ? ['sending', 'unknown'] : ['sending'];
  await sql`
    with ended as (update alert_messages set state = ${state} where id = ${id} and state = any(${before}) returning id)
    update alert_events a set state = ${state} from ended where a.message = ended.id and a.state = any(${before})`.execute(
    db,
  );
}

export async function markTaken(db: Database, connection: string, channel: string, at: string): Promise<void> {
  await db
    .updateTable('alert_channels')
    .set({ failing_since_ms: null, again_ms: null, tries: 0, problem: null, taken_at: at })
    .where('connection', '=', connection)
    .where('channel', '=', channel)
    .execute();
}

/** @returns since when it takes nothing, in epoch milliseconds */
export async function markFailing(
  db: Database,
  connection: string,
  channel: string,
  { nowMs, againMs, problem }: { nowMs: number; againMs: number; problem: string },
): Promise<number> {
  const { rows } = await sql<{ since: bigint }>`
    update alert_channels set failing_since_ms = coalesce(failing_since_ms, ${nowMs}), again_ms = ${againMs}, tries = tries + 1, problem = ${problem}
    where connection = ${connection} and channel = ${channel} returning failing_since_ms as since`.execute(db);
  return Number(rows[0]!.since);
}

/** How many things wait to be told over each channel of a connection, and how many may not have come. */
export async function countsByChannel(
  db: Database,
  connection: string,
): Promise<Map<string, { waiting: number; unknown: number }>> {
  const { rows } = await sql<{ channel: string; waiting: bigint; unknown: bigint }>`
    select channel, count(*) filter (where state in ('planned', 'failed', 'sending')) as waiting, count(*) filter (where state = 'unknown' and retold_in is null) as unknown
    from alert_events where connection = ${connection} and state <> 'sent' group by channel`.execute(db);
  return new Map(
    rows.map(({ channel, waiting, unknown }) => [channel, { waiting: Number(waiting), unknown: Number(unknown) }]),
  );
}
