import type { ReportOptions } from './report-range.ts';
import type { StockBook } from './stock-book.ts';

/** Whether rows of a SKU are wanted by the options `FNSKU`, `MSKU` and `ASIN`. */
export function wantsSku(
  book: StockBook,
  { FNSKU, MSKU, ASIN }: ReportOptions,
): (row: { sku: string; fnsku: string }) => boolean {
  return ({ sku, fnsku }) =>
    (FNSKU === undefined || fnsku === FNSKU) &&
    (MSKU === undefined || sku === MSKU) &&
    (ASIN === undefined || book.lines.asinOf(sku) === ASIN);
}
