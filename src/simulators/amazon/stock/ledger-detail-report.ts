import { americanDate } from './ledger-calendar.ts';
import { isKnown } from './movement.ts';
import type { Movement } from './movement.ts';
import { quotedTable } from './tables.ts';
import type { ReportRange } from './report-range.ts';
import { reconciledOf } from './reconciliation.ts';
import type { StockBook } from './stock-book.ts';
import { wantsSku } from './ledger-filter.ts';
import { titlesAt } from './titles.ts';

const COLUMNS = [
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
  'Date and Time',
  'Store',
] as const;

/**
 * GET_LEDGER_DETAIL_VIEW_DATA: one row an event whose instant lies in the range, so that the first and the last day are
 * cut where the range cuts them. Null when there is none.
 */
export function ledgerDetailReport(book: StockBook, range: ReportRange): string | null {
  const wanted = wantsSku(book, range.options);
  const { eventType } = range.options;
  const title = titlesAt(book, range.now);
  const reconciled = reconciledOf(book, range.now);
  const told = book.movements.filter(
    (movement) =>
      isKnown(movement, 'inDetail', range.now) &&
      movement.at >= range.start &&
      movement.at <= range.end &&
      (eventType === undefined || movement.eventType === eventType) &&
      wanted(movement),
  );
  const rows = cut(book, told).map((movement) => [
    americanDate(movement.day),
    movement.fnsku,
    book.lines.asinOf(movement.sku),
    movement.sku,
    title(movement.sku),
    movement.eventType,
    movement.reference,
    String(movement.units),
    movement.centre,
    movement.disposition,
    movement.reason,
    movement.country,
    ...reconciled(movement),
    book.calendar.dateAndTime(movement.day),
    '',
  ]);
  return rows.length === 0 ? null : quotedTable([COLUMNS, ...rows]);
}

/** The rows that are told when a switch cuts a day: its first ones. Counts the report. */
function cut(book: StockBook, told: readonly Movement[]): readonly Movement[] {
  const { detailKeeps } = book.switches;
  if (detailKeeps === null || told.length === 0) return told;
  const left = detailKeeps.reports - 1;
  book.switches = { ...book.switches, detailKeeps: left > 0 ? { ...detailKeeps, reports: left } : null };
  const day =
    detailKeeps.day === 'first' ? told[0]?.day : detailKeeps.day === 'last' ? told.at(-1)?.day : detailKeeps.day;
  const ofDay = told.filter((movement) => movement.day === day);
  const kept = new Set(ofDay.slice(0, Math.floor(ofDay.length * detailKeeps.share)));
  return told.filter((movement) => movement.day !== day || kept.has(movement));
}
