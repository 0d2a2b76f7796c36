import type { DocumentState } from '../../domain/documents/document-states.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { poll } from '../poll.ts';

const ENDS: readonly DocumentState[] = ['posted', 'rejected', 'conflict'];

export interface JournalState {
  /** External id. */
  document: string;
  state: DocumentState;
}

/** Watches journals that a decision had planned until NetSuite has taken or refused each, for so many seconds; their states then. */
export async function watchJournals(
  { store }: Pick<ConnectionAtWork, 'store'>,
  documents: readonly string[],
  seconds: number,
): Promise<JournalState[]> {
  const look = () =>
    Promise.all(
      documents.map(async (document): Promise<JournalState> => ({
        document,
        state: (await loadDocument(store.db, document))?.state ?? 'planned',
      })),
    );
  return poll(look, (journals) => journals.every(({ state }) => ENDS.includes(state)), seconds);
}
