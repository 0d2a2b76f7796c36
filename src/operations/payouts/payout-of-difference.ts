import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';

/** The payout that an open difference of a document, or of its tax, is about; null where none is open. */
export async function payoutOfDifference(
  { store, connection }: Pick<ConnectionAtWork, 'store' | 'connection'>,
  document: string,
): Promise<string | null> {
  for (const code of ['document-differs', 'tax-collector-differs'] as const) {
    const open = await openExceptionOf(store.db, connection, code, document);
    if (open !== null) return open.payout;
  }
  return null;
}
