import type { DocumentState } from '../../domain/documents/document-states.ts';
import { loadDocument } from '../../store/documents/documents.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';
import { poll } from '../poll.ts';

const ENDS: readonly DocumentState[] = ['posted', 'rejected', 'conflict'];

export interface TaxJournalState {
  /** External id. */
  document: string;
  state: DocumentState;
}

/** Watches a journal of tax until NetSuite has taken or refused it, for so many seconds; its state then. */
export async function watchTaxJournal(
  { store }: Pick<ConnectionAtWork, 'store'>,
  document: string,
  seconds: number,
): Promise<TaxJournalState> {
  const look = async (): Promise<TaxJournalState> => ({
    document,
    state: (await loadDocument(store.db, document))?.state ?? 'planned',
  });
  return poll(look, ({ state }) => ENDS.includes(state), seconds);
}
