import { openExceptionOf } from '../../store/exceptions/exceptions.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';

/** The payout that an open difference of a document is about; null where none is open. */
export async function payoutOfDifference(
  { store, connection }: Pick<ConnectionAtWork, 'store' | 'connection'>,
  document: string,
  code: 'document-differs' | 'tax-collector-differs' = 'document-differs',
): Promise<string | null> {
  return (await openExceptionOf(store.db, connection, code, document))?.payout ?? null;
}
