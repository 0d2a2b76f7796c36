import { ReportError } from './report-error.ts';
import type { SettlementVariant } from './settlement.ts';

const SUMMARY = [
  'settlement-id',
  'settlement-start-date',
  'settlement-end-date',
  'deposit-date',
  'total-amount',
  'currency',
] as const;
const NEEDED: Record<SettlementVariant, readonly string[]> = {
  V2: [...SUMMARY, 'transaction-type', 'order-id', 'amount-type', 'amount-description', 'amount', 'sku'],
  V1: [
    ...SUMMARY,
    'transaction-type',
    'order-id',
    'posted-date',
    'sku',
    'quantity-purchased',
    'price-type',
    'price-amount',
    'item-related-fee-type',
    'item-related-fee-amount',
    'other-amount',
  ],
};

/** Columns that both variants share, by the names that the code uses. */
const SHARED = {
  settlementId: 'settlement-id',
  start: 'settlement-start-date',
  end: 'settlement-end-date',
  depositDate: 'deposit-date',
  totalAmount: 'total-amount',
  currency: 'currency',
  transactionType: 'transaction-type',
  orderId: 'order-id',
  merchantOrderId: 'merchant-order-id',
  adjustmentId: 'adjustment-id',
  shipmentId: 'shipment-id',
  marketplaceName: 'marketplace-name',
  amountType: 'amount-type',
  amountDescription: 'amount-description',
  amount: 'amount',
  fulfillmentId: 'fulfillment-id',
  postedDate: 'posted-date',
  postedDateTime: 'posted-date-time',
  orderItemCode: 'order-item-code',
  merchantOrderItemId: 'merchant-order-item-id',
  merchantAdjustmentItemId: 'merchant-adjustment-item-id',
  sku: 'sku',
  quantity: 'quantity-purchased',
  promotionId: 'promotion-id',
} as const;

/** Where the columns of one file stand, by their names; any order, further columns are let be. */
export interface Columns {
  variant: SettlementVariant;
  /** Number of columns that have a name: 24 or 23 in V2, 36 or 33 in V1. */
  count: number;
  /** Number of fields of the header: no row may have more. */
  width: number;
  /** Names by known, in lower case. */
  names: readonly string[];
  /** Positions; -1 for a column that the file does not have. */
  at: Readonly<Record<keyof typeof SHARED, number>>;
}

/**
 * Reads the header of a flat file. V2 has one `amount` column, V1 one amount column per kind (Amazon: SP-API changelog,
 * removal of the XML and flat file settlement reports on 11 November 2026; customers hold old files). `promotion-*` columns are missing from files without a promotion.
 * @throws ReportError `report-not-settlement`, or `report-columns` when a needed column is missing or stands twice.
 */
export function readColumns(fields: readonly string[], line: number): Columns {
  const names = fields.map((field) => field.toLowerCase());
  if (!names.includes('settlement-id') || !names.includes('total-amount')) throw notASettlement(fields, line);
  const variant: SettlementVariant | null = names.includes('amount')
    ? 'V2'
    : names.includes('price-amount')
      ? 'V1'
      : null;
  const known = new Set<string>();
  for (const name of names) {
    if (name === '') continue;
    if (known.has(name)) throw wrongHeader(line, `column "${name}" stands twice`, name);
    known.add(name);
  }
  if (variant === null) throw wrongHeader(line, 'it has neither the column "amount" nor "price-amount"', 'amount');
  const missing = NEEDED[variant].filter((name) => !known.has(name));
  if (variant === 'V2' && !known.has('posted-date-time') && !known.has('posted-date')) missing.push('posted-date-time');
  if (missing.length > 0) throw wrongHeader(line, `missing: ${missing.join(', ')}`, missing[0]!);
  const at = Object.fromEntries(
    Object.entries(SHARED).map(([key, name]) => [key, names.indexOf(name)]),
  ) as Columns['at'];
  return { variant, count: known.size, width: fields.length, names, at };
}

function wrongHeader(line: number, evidence: string, column: string): ReportError {
  return new ReportError({
    code: 'report-columns',
    what: 'The header of the report is not complete.',
    line,
    column,
    evidence: [evidence],
  });
}

function notASettlement(fields: readonly string[], line: number): ReportError {
  const begin = fields.join(' ').slice(0, 60);
  const text = /[\u0000-\u001f\ufffd]/.test(begin) ? null : begin;
  const quoted = fields.some((field) => /^"\s*settlement-id\s*"$/i.test(field));
  const separator =
    fields.length === 1
      ? (
          [
            [',', 'commas'],
            [';', 'semicolons'],
          ] as const
        ).find(([mark]) => begin.includes(mark))
      : undefined;
  return new ReportError({
    code: 'report-not-settlement',
    what: 'The file is not a settlement report.',
    line,
    column: 'settlement-id',
    text,
    evidence: [
      ...(text === null ? [] : [`it begins "${text}"`]),
      ...(separator
        ? [`its columns are separated by ${separator[1]}, a report's by tabs: a spreadsheet has saved it`]
        : []),
      ...(quoted
        ? ['the names of its columns stand in quotes, a report has none: a spreadsheet or a script has saved it']
        : []),
      ...(begin.includes('\ufffd') ? ['it is UTF-16 without the mark that says so, or no text at all'] : []),
      ...(begin.startsWith('<') ? ['it is XML: only the flat files are read'] : []),
    ],
    remedy:
      'give the report that Seller Central calls "Flat File V2" (Payments › Reports repository), as it was downloaded',
  });
}
