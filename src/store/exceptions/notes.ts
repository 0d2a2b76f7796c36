/** What people wrote about exceptions: each word belongs to one opening of one. */
import type { Selectable } from 'kysely';
import type { ExceptionNote, NoteReason } from '../../domain/exceptions/render-note.ts';
import type { Database } from '../database.ts';
import type { ExceptionNotesTable } from './tables.ts';

export interface RecordedNote extends ExceptionNote {
  exception: number;
  /** Which opening of it. */
  opened: number;
  audit: number;
}

export async function storeNote(db: Database, { snooze, ...note }: RecordedNote): Promise<void> {
  await db
    .insertInto('exception_notes')
    .values({ ...note, snoozed_until: snooze?.until ?? null, comes_back_at: snooze?.comesBackAt ?? null })
    .execute();
}

/** Of one exception, in their order; those of openings that ended among them. */
export async function notesOf(db: Database, exception: number): Promise<RecordedNote[]> {
  const rows = await db
    .selectFrom('exception_notes')
    .selectAll()
    .where('exception', '=', exception)
    .orderBy('audit')
    .execute();
  return rows.map(noteOf);
}

/** Of what is open in a connection: what was said of this opening, by the number of the exception. */
export async function openNotes(db: Database, connection: string): Promise<Map<number, RecordedNote[]>> {
  const rows = await db
    .selectFrom('exception_notes as n')
    .innerJoin('exceptions as e', 'e.id', 'n.exception')
    .selectAll('n')
    .where('e.connection', '=', connection)
    .where('e.closed_at', 'is', null)
    .whereRef('n.opened', '=', 'e.opened')
    .orderBy('n.audit')
    .execute();
  const found = new Map<number, RecordedNote[]>();
  for (const row of rows) found.set(row.exception, [...(found.get(row.exception) ?? []), noteOf(row)]);
  return found;
}

function noteOf({ snoozed_until, comes_back_at, reason, ...row }: Selectable<ExceptionNotesTable>): RecordedNote {
  return {
    ...row,
    reason: reason as NoteReason | null,
    snooze:
      snoozed_until === null || comes_back_at === null ? null : { until: snoozed_until, comesBackAt: comes_back_at },
  };
}
