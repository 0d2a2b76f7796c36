/** What tells of something that is over: one batch of each a call; returns how many went. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

const AT_ONCE = 5000;

/** Exceptions that were closed before an instant, what was told before it, and marks of reports that were read before it, which Amazon has long ceased to list. */
export async function purgeEvents(db: Database, connection: string, before: string): Promise<number> {
  const closed =
    await sql`delete from exceptions where id in (select id from exceptions where connection = ${connection} and closed_at < ${before} limit ${AT_ONCE})`.execute(
      db,
    );
  const marks = await sql`
    delete from marks where ctid in (select m.ctid from marks m left join files f on f.sha256 = m.mark
      where m.connection = ${connection} and m.source like 'report:%' and (f.sha256 is null or f.received_at < ${before}) limit ${AT_ONCE})`.execute(
    db,
  );
  // Those of an exception go with it.
  const told = await sql`
    delete from alert_events where ctid in (select ctid from alert_events where connection = ${connection} and exception is null and state <> 'sending' and planned_at < ${before} limit ${AT_ONCE})`.execute(
    db,
  );
  const messages = await sql`
    delete from alert_messages where id in (select id from alert_messages where connection = ${connection} and state <> 'sending' and made_at < ${before} limit ${AT_ONCE})`.execute(
    db,
  );
  return [closed, marks, told, messages].reduce((sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n), 0);
}

/** What only the display reads, by the machine's own clock: refusals of NetSuite, of which it shows the last hour. */
export async function purgeGauges(db: Database): Promise<void> {
  await sql`delete from netsuite_refusals where minute < clock_timestamp() - interval '1 day'`.execute(db);
}

/** Lines of statements from before a day that prove no movement. */
export async function purgeBankLines(db: Database, connection: string, before: string): Promise<number> {
  const gone =
    await sql`delete from bank_lines where number in (select number from bank_lines where connection = ${connection} and movement is null and date < ${before} limit ${AT_ONCE})`.execute(
      db,
    );
  return Number(gone.numAffectedRows ?? 0n);
}
