import { invalid } from '../answers.ts';
import { customerReturnsReport } from './customer-returns-report.ts';
import { ledgerDetailReport } from './ledger-detail-report.ts';
import { ledgerSummaryReport } from './ledger-summary-report.ts';
import { reimbursementsReport } from './reimbursements-report.ts';
import { removalOrdersReport, removalShipmentsReport } from './removal-reports.ts';
import type { ReportOptions, ReportRange } from './report-range.ts';
import type { StockBook } from './stock-book.ts';

interface StockReport {
  /** The options that it takes, each with its values; null where any text does. */
  options: Readonly<Record<string, readonly string[] | null>>;
  /** How far back it goes at most; null where Amazon says nothing. */
  daysBack: number | null;
  /** The text, null when there is nothing to tell. */
  make: (book: StockBook, range: ReportRange) => string | null;
}

const EIGHTEEN_MONTHS = 548;
const SKU_FILTERS = { FNSKU: null, MSKU: null, ASIN: null };

/** Reports on stock by their type. */
export const STOCK_REPORTS: ReadonlyMap<string, StockReport> = new Map<string, StockReport>([
  [
    'GET_LEDGER_DETAIL_VIEW_DATA',
    {
      options: {
        eventType: ['Adjustments', 'CustomerReturns', 'Receipts', 'Shipments', 'VendorReturns', 'WhseTransfers'],
        ...SKU_FILTERS,
      },
      daysBack: EIGHTEEN_MONTHS,
      make: ledgerDetailReport,
    },
  ],
  [
    'GET_LEDGER_SUMMARY_VIEW_DATA',
    {
      options: {
        aggregateByLocation: ['COUNTRY', 'FC'],
        aggregatedByTimePeriod: ['MONTHLY', 'WEEKLY', 'DAILY'],
        ...SKU_FILTERS,
      },
      daysBack: EIGHTEEN_MONTHS,
      make: ledgerSummaryReport,
    },
  ],
  ['GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA', { options: {}, daysBack: null, make: customerReturnsReport }],
  ['GET_FBA_REIMBURSEMENTS_DATA', { options: {}, daysBack: null, make: reimbursementsReport }],
  ['GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA', { options: {}, daysBack: null, make: removalOrdersReport }],
  ['GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA', { options: {}, daysBack: null, make: removalShipmentsReport }],
]);

/** Refuses options that the report does not take. */
export function checkOptions({ options: known }: StockReport, options: ReportOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const values = Object.hasOwn(known, name) ? known[name] : undefined;
    if (values === undefined) throw invalid(`reportOptions has an unknown option: ${name}.`);
    if (values !== null && !values.includes(value)) throw invalid(`${name} has an invalid value: ${value}.`);
  }
}
