import { notedStanding } from '../../domain/exceptions/exception-notes.ts';
import { renderNote } from '../../domain/exceptions/render-note.ts';
import { amountKeyOf } from '../../domain/exceptions/render-exception.ts';
import { unknownNumber } from '../../domain/exceptions/render-unknown-number.ts';
import { parseWorkflowId } from '../../domain/identifiers/workflow-id.ts';
import { formatMinor } from '../../domain/money/money.ts';
import { counted, renderCount, renderMoney } from '../../domain/money/render-amount.ts';
import { docsAnchor, isErrorCode } from '../../errors/catalogue.ts';
import type { Database } from '../../store/database.ts';
import { openWaits, rowsOfKey } from '../../store/decisions/waiting.ts';
import { exceptionByNumber, type StoredException } from '../../store/exceptions/exceptions.ts';
import { notesOf, type RecordedNote } from '../../store/exceptions/notes.ts';
import { loadSettlement, type StoredSettlement } from '../../store/payouts/settlements.ts';
import { linkTo, type ViewSource } from '../view-source.ts';
import { listedException, type ListedException } from './exceptions-view.ts';
import { knownNow } from './known-now.ts';
import { workflowsOf } from './waiters.ts';

export interface ExceptionView extends ListedException {
  /** Sentences: the key, and the rows of reports that have it. */
  evidence: string[];
  /** Of the first workflow that waits. */
  link: string | null;
  /** Payouts that are not tied while it is open: more than its own amount is at stake. */
  openPayouts: { settlementId: string; total: string; currency: string }[];
  /** What people wrote about it, oldest first; of earlier times that it was open as well. */
  notes: NoteView[];
  /** Page and section of the runbook. */
  see: string | null;
}

export interface NoteView {
  /** As a sentence. */
  text: string;
  at: string;
  by: string;
  why: string;
  reason: string | null;
  reference: string | null;
  assignee: string | null;
  snoozedUntil: string | null;
  audit: number;
}

/** @throws TieoutError `not-found` where none of `connections` has an exception of that number */
export async function exceptionView(
  source: ViewSource,
  connections: readonly string[],
  number: number,
): Promise<ExceptionView> {
  const { db } = source.store;
  const exception = await exceptionByNumber(db, number);
  if (exception === null || !connections.includes(exception.connection)) throw unknownNumber(number);
  const waiting = workflowsOf(exception, await openWaits(db, exception.connection));
  const payouts = await openPayouts(db, exception.connection, waiting);
  const notes = await notesOf(db, number);
  const standing = notedStanding(
    notes.filter(({ opened }) => exception.closedAt === null && opened === exception.opened),
    await knownNow(source, exception.connection),
  );
  return {
    ...listedException(exception, waiting, standing),
    evidence: await evidenceOf(db, exception),
    link: waiting.length === 0 ? null : linkTo(source, waiting[0]!),
    openPayouts: payouts.map(({ settlementId, total, currency }) => ({
      settlementId,
      total: formatMinor(total, currency),
      currency,
    })),
    notes: notes.map(noteView),
    see: isErrorCode(exception.code) ? docsAnchor(exception.code) : null,
  };
}

function noteView(note: RecordedNote): NoteView {
  const { at, by, why, reason, reference, assignee, snooze, audit } = note;
  return {
    text: renderNote(note),
    at,
    by,
    why,
    reason,
    reference,
    assignee,
    snoozedUntil: snooze?.until ?? null,
    audit,
  };
}

async function openPayouts(db: Database, connection: string, waiting: readonly string[]): Promise<StoredSettlement[]> {
  const ids = waiting.flatMap((id) => (id.startsWith('payout:') ? (parseWorkflowId(id)?.key ?? []) : []));
  const settlements = await Promise.all(ids.map((id) => loadSettlement(db, connection, id)));
  return settlements.flatMap((settlement) => (settlement === null || settlement.state === 'tied' ? [] : [settlement]));
}

async function evidenceOf(db: Database, exception: StoredException): Promise<string[]> {
  const key = amountKeyOf(exception);
  if (key === null) return [`${exception.subject.kind} ${exception.subject.id}`];
  const found = await rowsOfKey(db, exception.connection, key);
  return [
    key.join(' / '),
    ...found.map(
      ({ settlementId, currency, rows, amount, lines }) =>
        `settlement ${settlementId}: ${counted(rows, 'row')}, ${renderMoney(amount, currency)}, ` +
        `${lines.length === 1 ? 'line' : 'lines'} ${lines.map(renderCount).join('; ')}${rows > lines.length ? '; …' : ''}`,
    ),
  ];
}
