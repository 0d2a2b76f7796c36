import { buffer } from 'node:stream/consumers';
import { ApplicationFailure } from '@temporalio/common';
import { AmazonFailure } from '../../clients/amazon/amazon-failure.ts';
import { readVatReport, VatReportError } from '../../clients/amazon/read-vat-report.ts';
import { currencyOfMarketplace, marketplaceById } from '../../config/marketplaces.ts';
import type { OfConnection } from '../../contracts/activity-inputs.ts';
import type { VatReportTaken } from '../../contracts/tax/tax-look.ts';
import { epochMsOf } from '../../domain/money/instant.ts';
import { vatMonthsDue, vatPeriodOf } from '../../domain/tax/vat-months.ts';
import { openKeys } from '../../store/exceptions/exceptions.ts';
import { readMark, writeMark } from '../../store/intake/marks.ts';
import { storedVatMonths, storeVatReport } from '../../store/tax/vat-reports.ts';
import type { Connection } from '../connection.ts';
import { makeReport } from '../intake/make-report.ts';

const REPORT_TYPE = 'GET_VAT_TRANSACTION_DATA';
/** Of a month that gave none: asked for once a day. */
const AGAIN_MS = 24 * 3_600_000;
const askedMarkOf = (month: string) => `vat-report-${month}`;

/**
 * Asks Amazon for its VAT report of the last month that has none yet, from the third of the next one on, where the settings
 * say so (`tax.vatReport: amazon`). Nothing of a report that is another's or damaged is used. Idempotent: a month is stored as
 * a whole, and one that is stored is not asked for again.
 */
export async function takeInVatReport(connection: Connection, _: OfConnection): Promise<VatReportTaken> {
  const { db, name, settings } = connection;
  if (settings.tax?.vatReport !== 'amazon') {
    for (const month of await openKeys(db, name, 'vat-report-refused'))
      await connection.resolve('vat-report-refused', month, 'Amazon is not asked for it any more');
    return { result: 'skipped' };
  }
  const now = await connection.now();
  const known = await storedVatMonths(db, name);
  for (const month of vatMonthsDue(now, settings.cutOver.slice(0, 10)).filter((due) => !known.has(due))) {
    const asked = await readMark(db, name, askedMarkOf(month));
    if (asked !== null && epochMsOf(now) - epochMsOf(asked) < AGAIN_MS) continue;
    const result = await takeIn(connection, month);
    await writeMark(db, name, askedMarkOf(month), now);
    return result;
  }
  return { result: 'skipped' };
}

async function takeIn(connection: Connection, month: string): Promise<VatReportTaken> {
  const { db, name, settings, amazon } = connection;
  const { start, end } = vatPeriodOf(month);
  const currencies = [...new Set(settings.marketplaces.map(({ id }) => currencyOfMarketplace(marketplaceById(id)!)))];
  try {
    const report = await makeReport(connection, {
      reportType: REPORT_TYPE,
      start: epochMsOf(start),
      end: epochMsOf(end),
    });
    // Amazon calls a report without data CANCELLED, and one that it has just made as well: no month is taken for empty by it.
    if (report.status === 'CANCELLED' || report.reportDocumentId === null) return { result: 'none', month };
    const rows = readVatReport(await buffer(await amazon.openDocument(report.reportDocumentId)), { month, currencies });
    await storeVatReport(db, name, month, { madeAt: report.createdAt, rows });
    await connection.resolve('vat-report-refused', month, 'taken in');
    return { result: 'read', month, rows: rows.length };
  } catch (error) {
    const what = reasonOf(error);
    if (what === null) throw error;
    await connection.raise({
      code: 'vat-report-refused',
      key: month,
      subject: { kind: 'report', id: `${REPORT_TYPE} ${month}` },
      evidence: { what: `Amazon's VAT report of ${month}: ${what}`, atStake: null, currency: null },
      remedy: {
        kind: 'set-up',
        where: `Download the month in Seller Central and compare it with npx tieout vat ${month} --avtr FILE. It is asked for again each day; where Amazon does not give it to the application, set tax.vatReport: file and start again`,
      },
    });
    return { result: 'refused', month };
  }
}

/** Why the report cannot be had or used; null for what passes by itself. */
function reasonOf(error: unknown): string | null {
  if (error instanceof VatReportError) {
    const { line, column, text, message } = error;
    return `line ${line}${column === null ? '' : `, column ${column}`}${text === null ? '' : ` ("${text}")`}: ${message}`;
  }
  if (error instanceof ApplicationFailure && error.type === 'REPORT_FATAL') return error.message;
  return error instanceof AmazonFailure && error.where.startsWith('reports.createReport') && !error.retryable
    ? `${error.what}: its role (Tax Invoicing or Tax Remittance) may not be given to the application`
    : null;
}
