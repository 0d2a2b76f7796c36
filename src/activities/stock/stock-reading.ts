/** One reading of a report of stock: whether it is due, from when it asks, and how far it then counts as read. */
import type { StockReportType, StockRowsOf } from '../../clients/amazon/amazon-stock.ts';
import type { DriftNotice } from '../../clients/amazon/drift-notice.ts';
import type { RefusedRow } from '../../clients/amazon/report-rows.ts';
import { timeZoneOf } from '../../config/time-zone.ts';
import type { StockSettings } from '../../config/stock.ts';
import { epochMsOf, type Instant } from '../../domain/money/instant.ts';
import { dueAgainFrom, isDueAgain } from '../../domain/clocks/due-again.ts';
import { readingFrom, STOCK_READINGS, type ReadingName } from '../../domain/stock/readings.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import type { ReadingResult } from '../../contracts/stock/stock-activities.ts';
import { makeReport } from '../intake/make-report.ts';
import { tellDrift } from '../intake/raise-drift.ts';
import type { Connection } from '../connection.ts';
import { raiseUnreadableRows } from '../intake/raise-unreadable-rows.ts';
import { unlessFailing } from '../intake/report-patience.ts';
import { REPORT_NAMES } from '../../clients/amazon/report-names.ts';

/** How far a reading has come, by the time of Amazon's at which it was asked for. */
export const readMarkOf = (name: ReadingName) => `stock-${name}`;
/** When it was last asked for, whatever came: Amazon makes the same report once in half an hour. */
const askedMarkOf = (name: ReadingName) => `stock-${name}-asked`;

export function stockSettings({ settings }: Connection): StockSettings {
  if (!settings.stock) throw new Error(`bug: the connection ${settings.name} has no stock flow`);
  return settings.stock;
}

/** Runs `read` where the reading is due (`mark`: how far it has come; null: it is the first); what it throws leaves it due, what is not whole leaves it unread. */
export async function whenDue(
  connection: Connection,
  name: ReadingName,
  read: (from: number, now: Instant, mark: Instant | null) => Promise<ReadingResult>,
): Promise<ReadingResult> {
  const { db } = connection;
  const stock = stockSettings(connection);
  const [mark, asked] = await Promise.all([
    readMark(db, connection.name, readMarkOf(name)),
    readMark(db, connection.name, askedMarkOf(name)),
  ]);
  // Not due by what was heard last, it is asked anew: a simulator's clock jumps, and another process may have heard of it.
  const due = asked === null ? undefined : dueAgainFrom(asked, STOCK_READINGS[name].everyMs);
  const now = await connection.amazon.time(due);
  if (!isDueAgain(asked, STOCK_READINGS[name].everyMs, now)) return { result: 'skipped' };
  const from = readingFrom(STOCK_READINGS[name], stock.from, mark, now);
  // A flow that begins in days to come has nothing to ask for yet: Amazon refuses a window that lies ahead.
  if (from >= epochMsOf(now)) return { result: 'skipped' };
  const result = await read(from, now, mark);
  await writeMark(db, connection.name, askedMarkOf(name), now);
  if (result.result === 'read') await writeMark(db, connection.name, readMarkOf(name), now);
  return result;
}

/**
 * Makes a report up to now, or to an instant, and hands on its rows as they come; null where Amazon made none (`CANCELLED` also means that
 * there is nothing, and is never taken for an empty day: amazon.md §5.2), and where it cannot be had or read. Rows that cannot be read are put aside.
 */
export async function readReport<Type extends StockReportType>(
  connection: Connection,
  wish: { type: Type; from: number; to?: number; options?: Record<string, string> },
  take: (rows: StockRowsOf<Type>) => Promise<void> | void,
): Promise<ReadStockReport<Type> | null> {
  const report = { key: `${wish.type}`, name: REPORT_NAMES[wish.type] };
  return unlessFailing(connection, report, () => askAndRead(connection, wish, take));
}

interface ReadStockReport<Type extends StockReportType> {
  open: () => AsyncGenerator<StockRowsOf<Type>>;
  rows: number;
}

async function askAndRead<Type extends StockReportType>(
  connection: Connection,
  wish: { type: Type; from: number; to?: number; options?: Record<string, string> },
  take: (rows: StockRowsOf<Type>) => Promise<void> | void,
): Promise<ReadStockReport<Type> | null> {
  const { amazon, settings } = connection;
  const report = await makeReport(connection, {
    reportType: wish.type,
    start: wish.from,
    end: wish.to ?? null,
    ...(wish.options ? { options: wish.options } : {}),
  });
  const document = report.reportDocumentId;
  if (report.status === 'CANCELLED' || document === null) return null;
  const zone = timeZoneOf(settings, null);
  const refused: RefusedRow[] = [];
  const drift: DriftNotice[] = [];
  let rows = 0;
  for await (const batch of amazon.readStockReport(wish.type, document, zone)) {
    refused.push(...batch.refused.slice(0, MOST_NAMED - refused.length));
    drift.push(...batch.drift);
    if (batch.rows === null) continue;
    rows += batch.rows.length;
    await take(batch.rows);
  }
  await tellDrift(connection, wish.type, drift);
  await raiseUnreadableRows(connection, wish.type, refused);
  return {
    rows,
    async *open() {
      for await (const { rows: some } of amazon.readStockReport(wish.type, document, zone))
        if (some !== null) yield some;
    },
  };
}

/** Rows named one by one in an exception; more say nothing more. */
const MOST_NAMED = 20;
