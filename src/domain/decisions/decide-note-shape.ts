import { NOTE_REASONS } from '../exceptions/render-note.ts';
import { isText } from './decide-shape.ts';

const isLeftOutOrText = (value: unknown): boolean => value === undefined || isText(value);

/** Whether a note has the right shape: a sentence that says what is wrong, or null. Whether a day is allowed is asked when it is taken. */
export function decideNoteShape(decision: unknown): string | null {
  const { exception, reason, reference, assignee, until, by, why } = (decision ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(exception) || Number(exception) < 1)
    return 'noteException needs `exception`, its number in npx tieout exceptions.';
  if (reason !== undefined && !NOTE_REASONS.some((known) => known === reason))
    return `"${String(reason)}" is no reason of a note; there are ${NOTE_REASONS.join(', ')}.`;
  if (!isLeftOutOrText(reference)) return 'noteException takes as `reference` the id of a case, or leaves it out.';
  if (!isLeftOutOrText(assignee)) return 'noteException takes as `assignee` who is to end it, or leaves it out.';
  if (until !== undefined && !isDay(until))
    return 'noteException takes as `until` a day like 2026-10-30, or leaves it out.';
  if (!isText(by)) return 'noteException needs `by`, who writes.';
  if (!isText(why)) return 'noteException needs `why`: it stays in the audit record.';
  return null;
}

/** There is no 30th of February. */
function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
