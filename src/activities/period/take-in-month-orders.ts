import { createHash } from 'node:crypto';
import type { ReadAllOrders } from '../../clients/amazon/read-all-orders.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { MonthOrdersTaken } from '../../contracts/period/population-intake.ts';
import { epochMsOf, type Instant } from '../../domain/money/instant.ts';
import { joinOrderRows, MixedCurrencies } from '../../domain/period/month-orders.ts';
import type { MonthSpan } from '../../domain/period/report-months.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { hasOrdersBetween } from '../../store/orders/orders.ts';
import { monthsRead, saveMonthOrders } from '../../store/period/month-orders.ts';
import type { Connection } from '../connection.ts';
import { marketplaceElsewhere } from '../intake/keep-transactions.ts';
import { makeReport } from '../intake/make-report.ts';
import { raiseUnreadableRows } from '../intake/raise-unreadable-rows.ts';
import { failureOfReport } from '../intake/report-patience.ts';
import { amazonsNow, askedToday, monthsDue } from './months-due.ts';

const REPORT_TYPE = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';
const reportOf = (month: string) => `${REPORT_TYPE} ${month}`;
const askedMarkOf = (month: string) => `month-orders:${month}`;
/** Of a report that Amazon did not make: CANCELLED, which it calls one without data, too. */
const emptyMarkOf = (month: string) => `${askedMarkOf(month)}:empty`;

/**
 * The all-orders report of the last month that was not read, from the third day after it; one at a look. A month is asked for
 * again, once a day, only while its report failed: it was not made, cannot be used, or has rows that cannot be read (the others
 * are kept). One without data is believed when it says so on two days and no order of that month is known. Idempotent: a month
 * is stored as a whole.
 */
export async function takeInMonthOrders(connection: Connection, _?: OfConnection): Promise<MonthOrdersTaken> {
  const { db, name } = connection;
  const now = await amazonsNow(connection);
  const read = await monthsRead(db, name);
  const failed = new Set(await openKeys(db, name, 'input-unreadable', REPORT_TYPE));
  for (const span of monthsDue(connection, now)) {
    const { period } = span;
    if (read.has(period) && !failed.has(reportOf(period))) continue;
    if (await askedToday(connection, askedMarkOf(period), now)) continue;
    const taken = await takeIn(connection, span, now);
    await writeMark(db, name, askedMarkOf(period), now);
    return taken;
  }
  return { result: 'not-due' };
}

async function takeIn(connection: Connection, span: MonthSpan, askedAt: Instant): Promise<MonthOrdersTaken> {
  const { db, name, amazon, settings } = connection;
  const { period: month, start, end } = span;
  try {
    const report = await makeReport(connection, {
      reportType: REPORT_TYPE,
      start: epochMsOf(start),
      end: epochMsOf(end),
    });
    const document = report.status === 'CANCELLED' ? null : report.reportDocumentId;
    if (document === null && !(await isEmpty(connection, span, askedAt))) return { result: 'none', month };
    const { rows, refused, sha256 } = document === null ? NOTHING : await amazon.readAllOrders(document);
    // The report tells of every marketplace, whatever was asked for.
    const ours = rows.filter(
      ({ purchasedAt, salesChannel }) =>
        purchasedAt >= start && purchasedAt < end && marketplaceElsewhere(settings, salesChannel) === null,
    );
    const orders = joinOrderRows(ours);
    const readAt = await connection.now();
    await saveMonthOrders(db, name, month, { askedAt, readAt, sha256, unreadable: refused.length, orders });
    await raiseUnreadableRows(connection, reportOf(month), refused);
    return { result: 'read', month, orders: orders.length };
  } catch (error) {
    const what = reasonOf(error);
    if (what === null) throw error;
    await raiseFailed(connection, month, what);
    return { result: 'refused', month };
  }
}

const NOTHING: ReadAllOrders = { rows: [], refused: [], sha256: createHash('sha256').digest('hex') };

/** Whether a month has no orders by a report that Amazon did not make. @param now Amazon's time */
async function isEmpty(connection: Connection, { period, start, end }: MonthSpan, now: Instant): Promise<boolean> {
  const { db, name } = connection;
  if (await hasOrdersBetween(db, name, start, end)) {
    await raiseFailed(connection, period, 'Amazon made none, although orders of that month are known');
    return false;
  }
  const before = await readMark(db, name, emptyMarkOf(period));
  await writeMark(db, name, emptyMarkOf(period), now);
  return before !== null && before < now;
}

/** Why the report cannot be had or used; null for what passes by itself. */
function reasonOf(error: unknown): string | null {
  return error instanceof MixedCurrencies ? error.message : failureOfReport(error);
}

function raiseFailed(connection: Connection, month: string, what: string): Promise<number> {
  return connection.raise({
    code: 'input-unreadable',
    subject: { kind: 'report', id: reportOf(month) },
    evidence: { what: `the all-orders report of ${month}: ${what}`, atStake: null, currency: null },
    remedy: {
      kind: 'look',
      where: `It is asked for again each day, and a report that can be read ends this. Look at it in Seller Central, Order reports; a form that the reader does not know is taught to it (src/clients/amazon/read-all-orders.ts)`,
    },
  });
}
