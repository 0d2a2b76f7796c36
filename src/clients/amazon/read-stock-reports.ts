/** Reports that name what the ledger leaves out: whose a return is, where removed units went, what was reimbursed. amazon.md §5.3, 5.4, 5.8. */
import type { Readable } from 'node:stream';
import { dayIn } from '../../domain/money/instant.ts';
import type { CustomerReturn, Reimbursement, RemovalShipment } from '../../domain/stock/stock-facts.ts';
import { readInstant, type DriftNotes } from './read-payload.ts';
import { filled, RefusedCell, reportRows, wholeNumber } from './report-table.ts';
import { REPORT_NAMES } from './report-names.ts';
import type { ReportRows } from './report-rows.ts';

const RETURNS = [
  'return-date',
  'order-id',
  'sku',
  'fnsku',
  'quantity',
  'fulfillment-center-id',
  'detailed-disposition',
  'reason',
  'status',
  'license-plate-number',
] as const;

/** GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA; what the customer wrote is never taken out of its line. */
export function readCustomerReturns(
  report: Readable,
  timeZone: string,
  drift: DriftNotes,
): AsyncGenerator<ReportRows<CustomerReturn>> {
  const columns = {
    where: REPORT_NAMES.GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA,
    read: RETURNS,
    ignored: ['asin', 'product-name', 'customer-comments'],
  };
  return reportRows(report, columns, drift, (cell): CustomerReturn => ({
    day: dayOf('return-date', cell(0), timeZone),
    orderId: filled('order-id', cell(1)),
    sku: filled('sku', cell(2)),
    fnsku: cell(3),
    quantity: wholeNumber('quantity', cell(4)),
    centre: cell(5),
    disposition: cell(6),
    reason: cell(7),
    status: cell(8),
    plate: cell(9),
  }));
}

const REMOVALS = [
  'order-id',
  'shipment-date',
  'sku',
  'fnsku',
  'disposition',
  'shipped-quantity',
  'removal-order-type',
  'tracking-number',
] as const;

/** GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA */
export function readRemovalShipments(
  report: Readable,
  timeZone: string,
  drift: DriftNotes,
): AsyncGenerator<ReportRows<RemovalShipment>> {
  const columns = {
    where: REPORT_NAMES.GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA,
    read: REMOVALS,
    ignored: ['request-date', 'carrier'],
  };
  return reportRows(report, columns, drift, (cell): RemovalShipment => ({
    orderId: filled('order-id', cell(0)),
    day: dayOf('shipment-date', cell(1), timeZone),
    sku: filled('sku', cell(2)),
    fnsku: cell(3),
    disposition: cell(4),
    quantity: wholeNumber('shipped-quantity', cell(5)),
    kind: cell(6),
    tracking: cell(7),
  }));
}

const REIMBURSEMENTS = [
  'approval-date',
  'reimbursement-id',
  'amazon-order-id',
  'reason',
  'sku',
  'fnsku',
  'currency-unit',
  'amount-total',
  'quantity-reimbursed-cash',
  'quantity-reimbursed-inventory',
  'original-reimbursement-id',
] as const;

/** GET_FBA_REIMBURSEMENTS_DATA: several rows of one id, reversals among them. Amounts stay text: nothing is booked by them. */
export function readReimbursements(
  report: Readable,
  timeZone: string,
  drift: DriftNotes,
): AsyncGenerator<ReportRows<Reimbursement>> {
  const columns = {
    where: REPORT_NAMES.GET_FBA_REIMBURSEMENTS_DATA,
    read: REIMBURSEMENTS,
    ignored: [
      'case-id',
      'asin',
      'product-name',
      'condition',
      'amount-per-unit',
      'quantity-reimbursed-total',
      'original-reimbursement-type',
    ],
  };
  return reportRows(report, columns, drift, (cell): Reimbursement => ({
    day: dayOf('approval-date', cell(0), timeZone),
    reimbursementId: filled('reimbursement-id', cell(1)),
    orderId: cell(2),
    reason: cell(3),
    sku: cell(4),
    fnsku: cell(5),
    currency: cell(6),
    amountTotal: decimal('amount-total', cell(7)),
    quantityCash: wholeNumber('quantity-reimbursed-cash', cell(8) || '0'),
    quantityInventory: wholeNumber('quantity-reimbursed-inventory', cell(9) || '0'),
    originalId: cell(10),
  }));
}

function decimal(column: string, text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RefusedCell(column, text, 'is not an amount');
  return text;
}

function dayOf(column: string, text: string, timeZone: string): string {
  const at = readInstant(text);
  if (at === null) throw new RefusedCell(column, text, 'is not an instant like 2026-10-08T07:00:00+00:00');
  return dayIn(at, timeZone);
}
