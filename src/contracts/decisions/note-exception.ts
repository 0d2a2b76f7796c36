import type { NoteReason } from '../../domain/exceptions/render-note.ts';

/**
 * A word about an open exception, by its number; it decides and books nothing. `until` puts it aside: it stands in a list of
 * its own and comes back on that day, at the beginning of it in the time zone of the connection's first marketplace.
 */
export interface NoteException {
  exception: number;
  reason?: NoteReason;
  /** As somebody else counts it: the id of a case at Amazon. */
  reference?: string;
  assignee?: string;
  until?: string;
  by: string;
  why: string;
}
