import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import type { LedgerBalance } from '../../domain/stock/stock-facts.ts';
import { daysFrom } from '../../domain/stock/readings.ts';
import { saveBalances } from '../../store/stock/ledger-balances.ts';
import type { Connection } from '../connection.ts';
import { readReport, whenDue } from './stock-reading.ts';

/**
 * The ledger's summary by country and day. Days of the file from its first to its last have come, with or without a row: a
 * day without one is carried on. The last may still be written (amazon.md §5.2: final within 24 hours) and is read again.
 * Idempotent: a day is written as it was last told.
 */
export function takeInBalances(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'balances', async (from, now) => {
    const balances: LedgerBalance[] = [];
    const report = await readReport(
      connection,
      {
        type: 'GET_LEDGER_SUMMARY_VIEW_DATA',
        from,
        options: { aggregateByLocation: 'COUNTRY', aggregatedByTimePeriod: 'DAILY' },
      },
      (rows) => {
        balances.push(...rows);
        heartbeat(balances.length);
      },
    );
    if (report === null) return { result: 'cancelled' };
    const days = daysFrom(balances);
    await saveBalances(connection.db, connection.name, { balances, days }, now);
    return { result: 'read', rows: balances.length, news: days.length };
  });
}
