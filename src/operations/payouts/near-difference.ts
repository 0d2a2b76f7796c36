import { nearestOf } from '../../config/near-miss.ts';
import { TieoutError } from '../../errors/tieout-error.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import type { ConnectionAtWork } from '../connection-at-work.ts';

/** A refusal of a document whose tax nothing is open about, with the one that was most likely meant. */
export async function withNearDocument(
  { store, connection }: Pick<ConnectionAtWork, 'store' | 'connection'>,
  document: string,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof TieoutError) || error.code !== 'not-found') return error;
  const near = nearestOf(document, await openKeys(store.db, connection, 'tax-collector-differs'));
  if (near === null) return error;
  return new TieoutError({ ...error.notice, do: [`did you mean ${near}?`, ...error.notice.do] }, { cause: error });
}
