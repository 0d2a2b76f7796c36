/** Things to tell over a channel, each once: planned, in a message that is on its way, and what became of it. */
import { expressionBuilder, sql } from 'kysely';
import type { AlertEvent, AlertKind } from '../../domain/alerts/alerts-due.ts';
import type { ExceptionCode } from '../../domain/exceptions/catalogue.ts';
import type { Database } from '../database.ts';
import type { ExceptionsTable } from '../exceptions/tables.ts';
import type { Schema } from '../schema.ts';
import { storedExceptionOf, type StoredException } from '../exceptions/exceptions.ts';

/** Exceptions of some codes that are open, and those whose end was not told over the channel: they ended after an instant, or their opening was told. */
export async function exceptionsToWatch(
  db: Database,
  connection: string,
  channel: string,
  codes: readonly ExceptionCode[],
  since: string,
): Promise<StoredException[]> {
  const toldAs = (kind: AlertKind) =>
    expressionBuilder<Schema & { e: ExceptionsTable }, 'e'>()
      .selectFrom('alert_events as a')
      .select('a.key')
      .where('a.connection', '=', connection)
      .where('a.channel', '=', channel)
      .where('a.kind', '=', kind)
      .whereRef('a.exception', '=', 'e.id')
      .whereRef('a.opened', '=', 'e.opened');
  const rows = await db
    .selectFrom('exceptions as e')
    .selectAll('e')
    .where('e.connection', '=', connection)
    .where('e.code', 'in', codes)
    .where((on) =>
      on.or([
        on('e.closed_at', 'is', null),
        on.and([
          on.or([on('e.closed_at', '>', since), on.exists(toldAs('opened'))]),
          on.not(on.exists(toldAs('ended'))),
        ]),
      ]),
    )
    .orderBy('e.id')
    .execute();
  return rows.map(storedExceptionOf);
}

/** What is planned or told over a channel already of some exceptions, and the digest of a day. */
export async function eventsOf(
  db: Database,
  connection: string,
  channel: string,
  exceptions: readonly number[],
): Promise<AlertEvent[]> {
  const rows = await db
    .selectFrom('alert_events')
    .select(['key', 'kind', 'exception', 'opened'])
    .where('connection', '=', connection)
    .where('channel', '=', channel)
    .where((on) =>
      on.or([on('exception', '=', sql<number>`any(${[...exceptions]}::integer[])`), on('kind', '=', 'digest')]),
    )
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as AlertKind }));
}

/** One that is planned already stays as it is. */
export async function planEvents(
  db: Database,
  connection: string,
  channel: string,
  events: readonly AlertEvent[],
  at: string,
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into alert_events (connection, channel, key, kind, exception, opened, state, planned_at)
    select ${connection}, ${channel}, key, kind, exception, opened, 'planned', ${at}::timestamptz
    from unnest(${events.map(({ key }) => key)}::text[], ${events.map(({ kind }) => kind)}::text[], ${events.map(({ exception }) => exception)}::integer[], ${events.map(({ opened }) => opened)}::integer[]) as due(key, kind, exception, opened)
    on conflict do nothing`.execute(db);
}

/** What is next over a channel: those of exceptions together, then a digest, then a test. Locked with the channel. */
export async function pendingEvents(db: Database, connection: string, channel: string): Promise<AlertEvent[]> {
  const rows = await db
    .selectFrom('alert_events')
    .select(['key', 'kind', 'exception', 'opened'])
    .where('connection', '=', connection)
    .where('channel', '=', channel)
    .where('state', 'in', ['planned', 'failed'])
    .orderBy('planned_at')
    .orderBy('key')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as AlertKind }));
}

/** Told and perhaps not come, and in no later digest that is known to have come or is on its way. */
export async function doubtedEvents(db: Database, connection: string, channel: string): Promise<AlertEvent[]> {
  const rows = await db
    .selectFrom('alert_events as a')
    .leftJoin('alert_messages as m', 'm.id', 'a.retold_in')
    .select(['a.key', 'a.kind', 'a.exception', 'a.opened'])
    .where('a.connection', '=', connection)
    .where('a.channel', '=', channel)
    .where('a.state', '=', 'unknown')
    .where('a.exception', 'is not', null)
    .where((on) => on.or([on('m.state', 'is', null), on('m.state', '=', 'unknown')]))
    .orderBy('a.key')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as AlertKind }));
}

export async function exceptionsByNumber(
  db: Database,
  numbers: readonly number[],
): Promise<Map<number, StoredException>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.selectFrom('exceptions').selectAll().where('id', 'in', numbers).execute();
  return new Map(rows.map((row) => [row.id, storedExceptionOf(row)]));
}

/** Nothing of them is left to say. */
export async function settleEvents(
  tx: Database,
  connection: string,
  channel: string,
  events: readonly AlertEvent[],
): Promise<void> {
  await sql`update alert_events set state = 'sent' where connection = ${connection} and channel = ${channel} and key = any(${events.map(({ key }) => key)})`.execute(
    tx,
  );
}

/** A test that was not taken is not repeated: whoever asked for it has its answer. */
export async function forgetTests(db: Database, connection: string, channel: string): Promise<void> {
  await sql`delete from alert_events where connection = ${connection} and channel = ${channel} and kind = 'test' and state in ('failed', 'unknown')`.execute(
    db,
  );
}
