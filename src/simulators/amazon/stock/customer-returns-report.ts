import { seededCode } from '../seeded.ts';
import type { StockBook } from './stock-book.ts';
import type { ReportRange } from './report-range.ts';
import { plainTable, withOffset } from './tables.ts';
import { titlesAt } from './titles.ts';

const COLUMNS = [
  'return-date',
  'order-id',
  'sku',
  'asin',
  'fnsku',
  'product-name',
  'quantity',
  'fulfillment-center-id',
  'detailed-disposition',
  'reason',
  'status',
  'license-plate-number',
  'customer-comments',
] as const;

/** GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA: a line for each unit, by the instant at which the centre took it in. */
export function customerReturnsReport(book: StockBook, range: ReportRange): string | null {
  const title = titlesAt(book, range.now);
  const rows = book
    .returnsBy(range.now)
    .filter(
      ({ given: { at, inReport = at } }) =>
        at >= range.start && at <= range.end && inReport !== 'never' && inReport <= range.now,
    )
    .flatMap(({ given, name }) => {
      const { disposition, ...unit } = given;
      const place = book.lines.placeOf(unit);
      return Array.from({ length: given.units ?? 1 }, (_, nth) => [
        withOffset(given.at),
        given.order,
        given.sku,
        book.lines.asinOf(given.sku),
        place.fnsku,
        title(given.sku),
        '1',
        place.centre,
        disposition,
        given.reason ?? 'NO_REASON_GIVEN',
        given.status ?? (disposition === 'DAMAGED' ? 'Reimbursed' : 'Unit returned to inventory'),
        `LPN${seededCode(`${name} unit ${nth}`, 11)}`,
        given.comments ?? '',
      ]);
    });
  return rows.length === 0 ? null : plainTable([COLUMNS, ...rows]);
}
