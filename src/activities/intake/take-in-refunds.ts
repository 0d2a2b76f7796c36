import { heartbeat } from '@temporalio/activity';
import { settleAwaitedRefunds } from '../../store/orders/refunds.ts';
import { unclearOfOthers } from '../../store/orders/unclear-refunds.ts';
import type { Connection } from '../connection.ts';
import { beginReading } from './begin-reading.ts';
import { keepFinances } from './keep-finances.ts';
import { keepRefund } from './keep-refunds.ts';
import { readPages } from './read-pages.ts';

/** Finances shows events up to 48 hours late. */
export const OVERLAP_MS = 72 * 3_600_000;

/**
 * Transactions of every kind from Finances since the last time, which tells those of the whole region, in one reading of its
 * pages: each is kept as it is told, and refunds are taken in besides. Idempotent.
 */
export async function takeInRefunds(connection: Connection): Promise<{ seen: number }> {
  const { amazon } = connection;
  const begin = await beginReading(connection, 'refunds', OVERLAP_MS);
  if (begin === null) return { seen: 0 };
  const now = await connection.now();
  await settleAwaitedRefunds(connection.db, connection.name);
  for (const refund of await unclearOfOthers(connection.db, connection.name))
    await keepRefund(connection, refund, 'left-alone', now);
  let seen = 0;
  await readPages(connection, 'refunds', begin, async (since, token) => {
    const page = await amazon.listTransactions({ postedAfter: since, ...(token === null ? {} : { nextToken: token }) });
    seen += await keepFinances(connection, page, now);
    heartbeat(seen);
    return { nextToken: page.nextToken, upTo: page.upTo };
  });
  return { seen };
}
