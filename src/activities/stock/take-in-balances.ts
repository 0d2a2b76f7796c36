import { heartbeat } from '@temporalio/activity';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { addDays, dayIn, epochMsOf, type Day, type Instant } from '../../domain/money/instant.ts';
import {
  daysBetween,
  lastFinalDay,
  lastMonthEnd,
  monthsBefore,
  monthIsFinal,
} from '../../domain/stock/summary-days.ts';
import type { LedgerBalance } from '../../domain/stock/stock-facts.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { saveBalances, saveMonths } from '../../store/stock/ledger-balances.ts';
import type { Connection } from '../connection.ts';
import { readReport, stockSettings, whenDue } from './stock-reading.ts';

/** Amazon keeps the ledger for so many months (amazon.md §5.2). */
export const HISTORY_MONTHS = 18;
/** When the months before the opening were read, with the last of them final: only then the opening is known. */
export const MONTHS_MARK = 'stock-months';

/**
 * The ledger's summary by country and day. Days from the second of the window to the last of the file, or the last that is
 * final, have come, with or without a row: a day without one is carried on. What is younger may still be written (amazon.md
 * §5.2: within 24 hours) and is read again. The first reading begins with the month of the opening; the months before it are read until the last of
 * them is final, so that what has not moved for long is known too (stock.md, *Opening*). Idempotent: a day is written as it
 * was last told.
 */
export function takeInBalances(connection: Connection): Promise<ReadingResult> {
  return whenDue(connection, 'balances', async (from, now, mark) => {
    const opened = addDays(stockSettings(connection).from, -1);
    await takeInMonths(connection, opened, now);
    const first = mark === null ? addDays(`${opened.slice(0, 7)}-01`, -1) : dayIn(new Date(from).toISOString(), 'UTC');
    return takeInDays(connection, first, now);
  });
}

/** The days after one, as they are told now. */
export async function takeInDays(connection: Connection, first: Day, now: Instant): Promise<ReadingResult> {
  const balances = await readBalances(connection, 'DAILY', first);
  if (balances === null) return { result: 'cancelled' };
  const last = [lastFinalDay(now), ...balances.map(({ day }) => day)].sort().at(-1)!;
  const days = daysBetween(addDays(first, 1), last);
  await saveBalances(connection.db, connection.name, { balances, days }, now);
  return { result: 'read', rows: balances.length, news: days.length };
}

/** What stood at the end of each month up to the opening. None at all: Amazon held nothing, or nothing that far back. */
async function takeInMonths(connection: Connection, opened: Day, now: Instant): Promise<void> {
  const { db, name } = connection;
  if ((await readMark(db, name, MONTHS_MARK)) !== null) return;
  const last = lastMonthEnd(opened);
  const balances = await readBalances(connection, 'MONTHLY', monthsBefore(last, HISTORY_MONTHS - 1));
  await saveMonths(
    db,
    name,
    (balances ?? []).filter(({ day }) => day <= last),
  );
  if (monthIsFinal(last, now)) await writeMark(db, name, MONTHS_MARK, now);
}

async function readBalances(
  connection: Connection,
  period: 'DAILY' | 'MONTHLY',
  from: Day,
): Promise<LedgerBalance[] | null> {
  const balances: LedgerBalance[] = [];
  const options = { aggregateByLocation: 'COUNTRY', aggregatedByTimePeriod: period };
  const wish = { type: 'GET_LEDGER_SUMMARY_VIEW_DATA', from: epochMsOf(`${from}T00:00:00Z`), options } as const;
  const report = await readReport(connection, wish, (rows) => {
    balances.push(...rows);
    heartbeat(balances.length);
  });
  return report === null ? null : balances;
}
