/**
 * Amazon's inventory ledger: the detail view (GET_LEDGER_DETAIL_VIEW_DATA, a row an event) and the summary by country and
 * day (GET_LEDGER_SUMMARY_VIEW_DATA, `aggregateByLocation: COUNTRY`, `aggregatedByTimePeriod: DAILY`). amazon.md §5.2.
 */
import type { Readable } from 'node:stream';
import type { LedgerBalance, LedgerRow } from '../../domain/stock/stock-facts.ts';
import type { DriftNotes } from './read-payload.ts';
import { filled, RefusedCell, reportRows, wholeNumber } from './report-table.ts';
import { REPORT_NAMES } from './report-names.ts';
import type { ReportRows } from './report-rows.ts';

const DETAIL = [
  'Date',
  'FNSKU',
  'ASIN',
  'MSKU',
  'Title',
  'Event Type',
  'Reference ID',
  'Quantity',
  'Fulfillment Center',
  'Disposition',
  'Reason',
  'Country',
  'Reconciled Quantity',
  'Unreconciled Quantity',
] as const;

/** Rows as they stand, many at once. @throws AmazonFailure where the file cannot be read as a whole */
export function readLedgerDetail(report: Readable, drift: DriftNotes): AsyncGenerator<ReportRows<LedgerRow>> {
  const columns = {
    where: REPORT_NAMES.GET_LEDGER_DETAIL_VIEW_DATA,
    read: DETAIL,
    ignored: ['Date and Time', 'Store'],
    differUpTo: 'Title',
  } as const;
  const day = days();
  return reportRows(report, columns, drift, (cell): LedgerRow => ({
    day: day(cell(0)),
    fnsku: cell(1),
    sku: filled('MSKU', cell(3)),
    asin: cell(2),
    title: cell(4),
    eventType: filled('Event Type', cell(5)),
    reason: cell(10),
    reference: cell(6),
    quantity: wholeNumber('Quantity', cell(7)),
    centre: cell(8),
    country: filled('Country', cell(11)),
    disposition: filled('Disposition', cell(9)),
    reconciled: numberOrNone('Reconciled Quantity', cell(12)),
    unreconciled: numberOrNone('Unreconciled Quantity', cell(13)),
  }));
}

/** Columns of events that the balance moves by; transfers between centres are not among them. */
const EVENTS = [
  'Receipts',
  'Customer Shipments',
  'Customer Returns',
  'Vendor Returns',
  'Found',
  'Lost',
  'Damaged',
  'Disposed',
  'Other Events',
  'Unknown Events',
] as const;
const SUMMARY = [
  'Date',
  'FNSKU',
  'ASIN',
  'MSKU',
  'Disposition',
  'Location',
  'Starting Warehouse Balance',
  'In Transit Between Warehouses',
  'Ending Warehouse Balance',
  ...EVENTS,
] as const;
const FIRST_EVENT = SUMMARY.length - EVENTS.length;

/** Balances by FNSKU, SKU, disposition, country and day. @throws AmazonFailure where the file cannot be read as a whole */
export function readLedgerSummary(report: Readable, drift: DriftNotes): AsyncGenerator<ReportRows<LedgerBalance>> {
  const columns = {
    where: REPORT_NAMES.GET_LEDGER_SUMMARY_VIEW_DATA,
    read: SUMMARY,
    ignored: ['Title', 'Warehouse Transfer In/Out', 'Store'],
  };
  const day = days();
  return reportRows(report, columns, drift, (cell): LedgerBalance => ({
    day: day(cell(0)),
    fnsku: cell(1),
    sku: filled('MSKU', cell(3)),
    asin: cell(2),
    disposition: filled('Disposition', cell(4)),
    country: filled('Location', cell(5)),
    starting: numberOrNone(SUMMARY[6], cell(6)) ?? 0,
    inTransit: numberOrNone(SUMMARY[7], cell(7)) ?? 0,
    ending: wholeNumber(SUMMARY[8], cell(8)),
    events: EVENTS.reduce((sum, name, index) => sum + (numberOrNone(name, cell(FIRST_EVENT + index)) ?? 0), 0),
  }));
}

/** What day a `Date` is. Rows of a day stand together: the last one is remembered. */
function days(): (text: string) => string {
  let last = { text: '', day: '' };
  return (text) => {
    if (text !== last.text || text === '') last = { text, day: dayOf(text) };
    return last.day;
  };
}

/** `MM/DD/YYYY`. Nothing converts it: what day it is, is Amazon's word. */
function dayOf(text: string): string {
  const match = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
  const day = match ? `${match[3]}-${match[1]}-${match[2]}` : '';
  if (!match || !isOfCalendar(day)) throw new RefusedCell('Date', text, 'is not a day like 10/28/2026');
  return day;
}

/** 30 February would be read as a day of March. */
function isOfCalendar(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function numberOrNone(column: string, text: string): number | null {
  return text === '' ? null : wholeNumber(column, text);
}
