import { decimalOf, digitsOf, minorOf } from '../decimal.ts';
import type { StockBook } from './stock-book.ts';
import type { ReportRange } from './report-range.ts';
import { plainTable, withOffset } from './tables.ts';
import { titlesAt } from './titles.ts';

const COLUMNS = [
  'approval-date',
  'reimbursement-id',
  'case-id',
  'amazon-order-id',
  'reason',
  'sku',
  'fnsku',
  'asin',
  'product-name',
  'condition',
  'currency-unit',
  'amount-per-unit',
  'amount-total',
  'quantity-reimbursed-cash',
  'quantity-reimbursed-inventory',
  'quantity-reimbursed-total',
  'original-reimbursement-id',
  'original-reimbursement-type',
] as const;

/** GET_FBA_REIMBURSEMENTS_DATA: by the instant of approval; a reversal is a line of its own that names the original. */
export function reimbursementsReport(book: StockBook, range: ReportRange): string | null {
  const title = titlesAt(book, range.now);
  const rows = book
    .reimbursementsBy(range.now)
    .filter(({ at }) => at >= range.start && at <= range.end)
    .map((given) => {
      const { cash = 0, inventory = 0, currency, perUnit } = given;
      const digits = digitsOf(currency);
      const original = book.facts.reimbursements.find(({ reimbursement }) => reimbursement === given.reverses);
      return [
        withOffset(given.at),
        given.reimbursement,
        given.case ?? '',
        given.order ?? '',
        given.reason,
        given.sku,
        book.lines.placeOf(given).fnsku,
        book.lines.asinOf(given.sku),
        title(given.sku),
        'NewItem',
        currency,
        perUnit,
        decimalOf(minorOf(perUnit, digits) * BigInt(cash), digits),
        String(cash),
        String(inventory),
        String(cash + inventory),
        original?.reimbursement ?? '',
        original?.reason ?? '',
      ];
    });
  return rows.length === 0 ? null : plainTable([COLUMNS, ...rows]);
}
