import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { addDays, dayIn, type Day } from '../../domain/money/instant.ts';
import type { MergedReport } from '../../domain/stock/merge-report.ts';
import { STOCK_READINGS } from '../../domain/stock/readings.ts';
import { daysBetween } from '../../domain/stock/summary-days.ts';
import { LedgerTable } from '../../domain/stock/ledger-table.ts';
import type { LedgerRow } from '../../domain/stock/stock-facts.ts';
import { loadSummarisedDays } from '../../store/stock/ledger-balances.ts';
import { changeLedgerDay, loadLedgerDay } from '../../store/stock/ledger-rows.ts';
import type { Connection } from '../connection.ts';
import { mergedDay, raiseTruncated } from './merged-day.ts';
import { readReport, whenDue } from './stock-reading.ts';
import { takeInDays } from './take-in-balances.ts';

const ADJUSTMENTS = 'Adjustments';

/**
 * Adjustments of the last 120 days, weekly: Amazon corrects and reconciles them for months. Days that the hourly reading
 * reaches are left to it. Other rows of a day stand as they are kept. Idempotent: rows are kept once.
 */
export function takeInAdjustments(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'adjustments', async (from, now) => {
    const { db, name } = connection;
    const first = dayIn(new Date(from).toISOString(), 'UTC');
    const days = daysBetween(addDays(first, 1), addDays(dayIn(now, 'UTC'), -STOCK_READINGS.ledger.back));
    if (days.length === 0) return { result: 'read', rows: 0, news: 0 };
    // Whether what is missing was taken back, the summary of its day says as it is told now.
    const summary = await takeInDays(connection, first, now);
    if (summary.result !== 'read') return summary;
    const wanted = new Set(days);
    const reported = new Map<Day, LedgerRow[]>();
    const wish = { type: 'GET_LEDGER_DETAIL_VIEW_DATA', from, options: { eventType: ADJUSTMENTS } } as const;
    const report = await readReport(connection, wish, (rows) => {
      for (const row of rows) {
        if (!wanted.has(row.day) || row.eventType !== ADJUSTMENTS) continue;
        const own = reported.get(row.day);
        if (own) own.push(row);
        else reported.set(row.day, [row]);
      }
      heartbeat();
    });
    if (report === null) return { result: 'cancelled' };
    const summarised = new Set((await loadSummarisedDays(db, name, first)).map(({ day }) => day));
    const changes: Pick<MergedReport, 'fresh' | 'takenBack' | 'changed'>[] = [];
    for (const day of days) {
      const kept = await loadLedgerDay(db, name, day);
      const others = kept.filter(
        ({ eventType, origin, takenBack }) => eventType !== ADJUSTMENTS && origin === 'ledger' && takenBack === null,
      );
      const rows = LedgerTable.of([...others, ...(reported.get(day) ?? [])]);
      const change = await mergedDay(connection, day, { kept, rows, isEdge: false, summarised, now });
      if ('truncated' in change) {
        await raiseTruncated(connection, 'adjustments', change);
        return { result: 'truncated' };
      }
      changes.push(change);
      heartbeat();
    }
    // Only now: nothing of a report that is cut is taken in.
    for (const change of changes) await changeLedgerDay(db, name, change);
    await connection.resolve('ledger-truncated', 'adjustments', 'a report came that is whole');
    return {
      result: 'read',
      rows: report.rows,
      news: changes.reduce((sum, { fresh, takenBack }) => sum + fresh.length + takenBack.length, 0),
    };
  });
}
