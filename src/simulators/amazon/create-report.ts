import type { CreateReportResponse } from '@sp-api-sdk/reports-api-2021-06-30';
import { allOrdersReport } from './all-orders-report.ts';
import type { Answer } from './answers.ts';
import { denied, invalid, Refusal } from './answers.ts';
import { documentIdOf } from './documents.ts';
import { DAY, MINUTE, requestedInstant, shifted } from './instants.ts';
import { UNREQUESTABLE } from './reports.ts';
import type { ApiCall } from './request.ts';
import { seededDigits } from './seeded.ts';
import { fulfilledShipmentsReport } from './shipments-report.ts';
import type { AmazonState, RequestedReport } from './state.ts';
import { checkOptions, STOCK_REPORTS } from './stock/stock-reports.ts';
import type { ReportOptions } from './stock/report-range.ts';
import { vatTransactionsReport } from './vat/vat-transactions-report.ts';

const VAT_REPORT = 'GET_VAT_TRANSACTION_DATA';
const ALL_ORDERS_REPORT = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL';
const SHIPMENTS_REPORT = 'GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL';

interface ReportRequest {
  reportType: string;
  marketplaceIds: string[];
  start: string;
  end: string;
  options: ReportOptions;
}

/** What came of a request. CANCELLED is also Amazon's word for nothing to tell; FATAL has a text that says why. */
interface Outcome {
  outcome: RequestedReport['outcome'];
  text: string | null;
  asked: string | null;
}

/** POST /reports/2021-06-30/reports */
export function createReport({ state, now, body }: ApiCall): Answer {
  const wanted = reportRequest(body, now);
  const number = UNREQUESTABLE.get(wanted.reportType);
  if (number !== undefined) throw invalid(`Request for report type ${number} is not allowed at this time`);
  const { start, end } = wanted;
  const made = makerOf(wanted.reportType);
  if (start > now || end > now)
    throw invalid('dataStartTime and dataEndTime must be prior to or equal to the current date and time.');
  if (end < start) throw invalid('dataEndTime must not be before dataStartTime.');
  const { outcome, text, asked } = made(state, wanted, now);
  const reportId = seededDigits(`requested ${state.reports.size + 1} ${now}`, 12);
  const documentId = text === null ? null : documentIdOf(`requested ${reportId}`);
  if (documentId !== null && text !== null) {
    state.documents.set(documentId, {
      bytes: Buffer.from(text),
      gzip: state.reports.size % 2 === 0,
      contentType: 'text/plain; charset=UTF-8',
      createdAt: now,
    });
  }
  state.reports.set(reportId, {
    reportId,
    reportType: wanted.reportType,
    marketplaceIds: wanted.marketplaceIds,
    createdAt: now,
    dataStart: start,
    dataEnd: end,
    createdRealMs: state.clock.real(),
    looks: 0,
    outcome,
    documentId,
    asked,
  });
  return { status: 202, body: { reportId } satisfies CreateReportResponse };
}

function makerOf(reportType: string): (state: AmazonState, wanted: ReportRequest, now: string) => Outcome {
  if (reportType === SHIPMENTS_REPORT) return shipmentsReport;
  if (reportType === ALL_ORDERS_REPORT) return ordersReport;
  if (reportType === VAT_REPORT) return vatReport;
  if (STOCK_REPORTS.has(reportType)) return stockReport;
  throw new Refusal(501, 'NotImplemented', `The simulator does not make reports of type ${reportType}.`);
}

function shipmentsReport(state: AmazonState, { start, end, marketplaceIds }: ReportRequest, now: string): Outcome {
  if (Date.parse(end) - Date.parse(start) > 31 * DAY)
    return { outcome: 'FATAL', text: 'The requested range is longer than a month.\n', asked: null };
  const text = fulfilledShipmentsReport(state.world, { start, end, now, marketplaceIds });
  return { outcome: text === null ? 'CANCELLED' : 'DONE', text, asked: null };
}

/** The all-orders reports go by no marketplace, and are exempt from the rule of half an hour (amazon.md §5.6). */
function ordersReport({ world }: AmazonState, { start, end }: ReportRequest, now: string): Outcome {
  const text = allOrdersReport(world, { start, end, now });
  return { outcome: text === null ? 'CANCELLED' : 'DONE', text, asked: null };
}

/** A whole month or a part of it gives the month; before the 3rd of the next there is none (Amazon's changelog, 21 January 2025). */
function vatReport({ world }: AmazonState, { start, end }: ReportRequest, now: string): Outcome {
  const { vat } = world;
  // The restricted role of tax is not given to the application.
  if (vat === undefined) throw denied('');
  const month = start.slice(0, 7);
  const next = `${nextMonth(month)}-01T00:00:00Z`;
  if (end > next) return { outcome: 'FATAL', text: 'The requested range is longer than one month.\n', asked: null };
  if (now < `${nextMonth(month)}-03T00:00:00Z`)
    return { outcome: 'FATAL', text: 'The report is available from the third of the next month.\n', asked: null };
  const text = vatTransactionsReport({ ...world, vat }, month);
  return { outcome: text === null ? 'CANCELLED' : 'DONE', text, asked: null };
}

function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

/** The same report of the same days is made again only after half an hour: asked for earlier, it is cancelled. */
function stockReport(state: AmazonState, wanted: ReportRequest, now: string): Outcome {
  const report = STOCK_REPORTS.get(wanted.reportType);
  if (!report) throw new Error(`${wanted.reportType} is no report on stock`);
  checkOptions(report, wanted.options);
  const { calendar, switches } = state.stock;
  const asked = JSON.stringify([
    wanted.reportType,
    [...wanted.marketplaceIds].sort(),
    Object.entries(wanted.options).sort(),
    calendar.dayOf(wanted.start),
    calendar.dayOf(wanted.end),
  ]);
  const since = shifted(now, -switches.cancelledWithin * MINUTE);
  const again = [...state.reports.values()].some(
    (made) => made.asked === asked && made.outcome === 'DONE' && made.createdAt > since,
  );
  if (again) return { outcome: 'CANCELLED', text: null, asked };
  const oldest = report.daysBack === null ? wanted.start : shifted(now, -report.daysBack * DAY);
  const start = wanted.start < oldest ? oldest : wanted.start;
  const text = report.make(state.stock, { start, end: wanted.end, now, options: wanted.options });
  return { outcome: text === null ? 'CANCELLED' : 'DONE', text, asked };
}

function reportRequest(body: unknown, now: string): ReportRequest {
  const { reportType, marketplaceIds, dataStartTime, dataEndTime, reportOptions } = (body ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof reportType !== 'string' || reportType === '') throw invalid('reportType is required.');
  if (!Array.isArray(marketplaceIds) || marketplaceIds.length < 1 || marketplaceIds.length > 25)
    throw invalid('marketplaceIds takes 1 to 25 values.');
  const instant = (value: unknown, name: string): string | null => {
    if (value === undefined || value === null) return null;
    const read = typeof value === 'string' ? requestedInstant(value) : null;
    if (read === null) throw invalid(`${name} is not a date and time in ISO 8601 format.`);
    return read;
  };
  const start = instant(dataStartTime, 'dataStartTime');
  const end = instant(dataEndTime, 'dataEndTime') ?? now;
  return {
    reportType,
    marketplaceIds: marketplaceIds.map(String),
    start: start ?? end,
    end,
    options: optionsOf(reportOptions),
  };
}

function optionsOf(value: unknown): ReportOptions {
  if (value === undefined || value === null) return {};
  const texts = typeof value === 'object' ? Object.entries(value) : [];
  if (typeof value !== 'object' || texts.some(([, option]) => typeof option !== 'string'))
    throw invalid('reportOptions must be an object of texts.');
  return Object.fromEntries(texts as [string, string][]);
}
