/** What queries of NetSuite's ledger by month have in common. */
import type { Connection } from '../connection.ts';
import { ourSubsidiary } from '../posting/references.ts';

/** Posted lines with their document, its currency and the period that it is posted in. */
export const LEDGER =
  'FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN currency c ON c.id = t.currency JOIN accountingperiod p ON p.id = t.postingperiod';

/** A `?` for each. */
export const marks = (all: readonly unknown[]): string => all.map(() => '?').join(', ');

/**
 * Lines of the connection's own subsidiary: an account, and a customer, may serve several (SuiteQL keeps a line's subsidiary in
 * `transactionline.subsidiary`). Says nothing in an account without subsidiaries.
 */
export async function inOurSubsidiary(connection: Connection): Promise<{ said: string; params: string[] }> {
  const id = await ourSubsidiary(connection);
  return id === null ? { said: '', params: [] } : { said: ' AND tl.subsidiary = ?', params: [id] };
}

/** What every key of a connection begins with (accounting.md, *Identity*). */
export const prefixOf = (connection: string): string => `AMZ_${connection}_`;
