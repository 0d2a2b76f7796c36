import { timeZoneOf } from '../../config/time-zone.ts';
import type { DecisionResult } from '../../contracts/decisions/decisions.ts';
import type { NoteException } from '../../contracts/decisions/note-exception.ts';
import { renderDay } from '../../domain/clocks/render-dates.ts';
import { explainRefusedSnooze } from '../../domain/exceptions/exception-notes.ts';
import { dayIn, startOfDay, type Instant } from '../../domain/money/instant.ts';
import { lastAuditOf, lockAudit, recordAudit } from '../../store/audit/audit-log.ts';
import type { Database } from '../../store/database.ts';
import { exceptionByNumber, type StoredException } from '../../store/exceptions/exceptions.ts';
import { storeNote } from '../../store/exceptions/notes.ts';
import { evaluatedPeriods, signedPeriods } from '../../store/period/closes.ts';
import type { Connection } from '../connection.ts';
import { refuseDecision } from './refuse-decision.ts';

/**
 * Writes a person's word about an open exception down, and until when it is put aside. Nothing waits for it. Idempotent by
 * `act`: an attempt that comes again finds its record; another act is another note.
 * @throws ApplicationFailure `EXCEPTION_NOT_OPEN`, `NOTE_REFUSED`; nothing is stored then
 */
export async function decideNote(
  connection: Connection,
  { decision, act }: { connection: string; decision: NoteException; act: string },
): Promise<DecisionResult> {
  const at = await connection.now();
  const audit = await connection.db.transaction().execute((tx) => take(tx, connection, decision, { at, act }));
  const { exception, until } = decision;
  return {
    audit,
    released: 0,
    choice: until === undefined ? 'noted' : 'snoozed',
    detail:
      until === undefined
        ? `noted with exception ${exception}`
        : `exception ${exception} comes back on ${renderDay(until)}`,
  };
}

async function take(
  tx: Database,
  connection: Connection,
  decision: NoteException,
  { at, act }: { at: Instant; act: string },
): Promise<number> {
  const { name } = connection;
  await lockAudit(tx);
  const own = await lastAuditOf(tx, name, 'note-exception', { act });
  if (own !== null) return own;
  const known = await exceptionByNumber(tx, decision.exception);
  if (known?.connection !== name)
    throw refuseDecision('EXCEPTION_NOT_OPEN', `${name} has no exception ${decision.exception}.`);
  if (known.closedAt !== null)
    throw refuseDecision(
      'EXCEPTION_NOT_OPEN',
      `Exception ${known.id} ended on ${renderDay(known.closedAt)}: ${known.resolution ?? 'it is over'}.`,
    );
  const { by, why, exception, reason = null, reference = null, assignee = null } = decision;
  if (assignee !== null && connection.people?.has(assignee) === false)
    throw refuseDecision('NOTE_REFUSED', `"${assignee}" is not among the people of ${name}.`);
  const snooze = decision.until === undefined ? null : await snoozed(tx, connection, known, decision.until, at);
  const detail = {
    exception,
    code: known.code,
    key: known.key,
    reason,
    reference,
    assignee,
    until: decision.until ?? null,
    act,
  };
  const audit = await recordAudit(tx, name, { action: 'note-exception', detail, by, why, at });
  await storeNote(tx, { audit, exception, opened: known.opened, by, why, at, reason, reference, assignee, snooze });
  return audit;
}

async function snoozed(
  tx: Database,
  { name, settings }: Connection,
  { openSince }: StoredException,
  until: string,
  at: Instant,
): Promise<{ until: string; comesBackAt: Instant }> {
  const zone = timeZoneOf(settings, null);
  const signed = await signedPeriods(tx, name);
  const worked = settings.close === undefined ? [] : await evaluatedPeriods(tx, name);
  const unsigned = new Set(worked.flatMap(({ period }) => (signed.has(period) ? [] : [period])));
  const refused = explainRefusedSnooze({ until, today: dayIn(at, zone), openSince: dayIn(openSince, zone), unsigned });
  if (refused !== null) throw refuseDecision('NOTE_REFUSED', refused);
  return { until, comesBackAt: startOfDay(until, zone) };
}
