/**
 * Amazon's inventory ledger: the detail view (GET_LEDGER_DETAIL_VIEW_DATA, a row an event) and the summary by country and
 * day (GET_LEDGER_SUMMARY_VIEW_DATA, `aggregateByLocation: COUNTRY`, `aggregatedByTimePeriod: DAILY`). amazon.md §5.2.
 */
import type { Readable } from 'node:stream';
import { FIELD, LedgerTable, NO_NUMBER } from '../../domain/stock/ledger-table.ts';
import type { LedgerBalance } from '../../domain/stock/stock-facts.ts';
import type { DriftNotes } from './read-payload.ts';
import type { RowCells } from './report-cells.ts';
import { filled, RefusedCell, reportRows, rowsTogether, wholeNumber, type RowsMade } from './report-table.ts';
import { REPORT_NAMES } from './report-names.ts';
import type { ReportRows, RowsTogether } from './report-rows.ts';

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

/** Where each column of {@link DETAIL} stands. */
const COLUMN = Object.fromEntries(DETAIL.map((name, column) => [name, column])) as Record<
  (typeof DETAIL)[number],
  number
>;

/** Rows as they stand, many at once. @throws AmazonFailure where the file cannot be read as a whole */
export function readLedgerDetail(
  report: AsyncIterable<Uint8Array>,
  drift: DriftNotes,
): AsyncGenerator<RowsTogether<LedgerTable>> {
  const columns = {
    where: REPORT_NAMES.GET_LEDGER_DETAIL_VIEW_DATA,
    read: DETAIL,
    ignored: ['Date and Time', 'Store'],
    differUpTo: 'Title',
    together: ['FNSKU', 'ASIN', 'MSKU', 'Title'],
  } as const;
  return rowsTogether(report, columns, drift, new LedgerRows());
}

class LedgerRows implements RowsMade<LedgerTable> {
  #table = new LedgerTable();
  readonly #dayOf = days();
  /** The last day that was told, and its number. */
  #day = { text: '', number: 0 };

  taken(): LedgerTable {
    const table = this.#table;
    // As many will come again.
    this.#table = new LedgerTable(table.length);
    return table;
  }

  add(cells: RowCells): void {
    const day = this.#dayOf(cells.text(COLUMN.Date));
    const sku = filledNumber('MSKU', cells);
    const eventType = filledNumber('Event Type', cells);
    const quantity = wholeNumber('Quantity', cells.text(COLUMN.Quantity));
    const country = filledNumber('Country', cells);
    const disposition = filledNumber('Disposition', cells);
    const reconciled = numberIn('Reconciled Quantity', cells);
    const unreconciled = numberIn('Unreconciled Quantity', cells);
    const { texts } = cells.texts;
    const table = this.#table;
    if (day !== this.#day.text || table.length === 0) this.#day = { text: day, number: cells.texts.numberOfText(day) };
    if (table.length === 0) table.texts = texts;
    const of = table.grow();
    const row = table.cells;
    row[of + FIELD.day] = this.#day.number;
    row[of + FIELD.fnsku] = cells.number(COLUMN.FNSKU);
    row[of + FIELD.sku] = sku;
    row[of + FIELD.eventType] = eventType;
    row[of + FIELD.reason] = cells.number(COLUMN.Reason);
    row[of + FIELD.reference] = cells.number(COLUMN['Reference ID']);
    row[of + FIELD.centre] = cells.number(COLUMN['Fulfillment Center']);
    row[of + FIELD.country] = country;
    row[of + FIELD.disposition] = disposition;
    row[of + FIELD.quantity] = quantity;
    row[of + FIELD.asin] = cells.number(COLUMN.ASIN);
    row[of + FIELD.title] = cells.number(COLUMN.Title);
    row[of + FIELD.reconciled] = reconciled;
    row[of + FIELD.unreconciled] = unreconciled;
  }
}

/** Of the text that must stand there. The empty one is 0: none is looked at. */
function filledNumber(column: (typeof DETAIL)[number], cells: RowCells): number {
  const number = cells.number(COLUMN[column]);
  if (number === 0) filled(column, '');
  return number;
}

function numberIn(column: (typeof DETAIL)[number], cells: RowCells): number {
  return numberOrNone(column, cells.text(COLUMN[column])) ?? NO_NUMBER;
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
