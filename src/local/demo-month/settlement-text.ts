import { dollars, total } from './cents.ts';
import type { Period } from './october-2026.ts';
import type { SettlementRow } from './settlement-rows.ts';

const COLUMNS = [
  'settlement-id',
  'settlement-start-date',
  'settlement-end-date',
  'deposit-date',
  'total-amount',
  'currency',
  'transaction-type',
  'order-id',
  'merchant-order-id',
  'adjustment-id',
  'shipment-id',
  'marketplace-name',
  'amount-type',
  'amount-description',
  'amount',
  'fulfillment-id',
  'posted-date',
  'posted-date-time',
  'order-item-code',
  'merchant-order-item-id',
  'merchant-adjustment-item-id',
  'sku',
  'quantity-purchased',
  'promotion-id',
] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A flat file V2 with 24 columns in the US format: dates `2026-10-01 07:00:00 UTC`, decimal point, LF, summary row first. */
export function settlementText(
  settlementId: string,
  period: Period,
  depositDate: string,
  rows: readonly SettlementRow[],
  currency: string,
): { text: string; total: string } {
  const sum = dollars(total(rows.map((row) => row.cents)));
  const summary: Cells = {
    'settlement-id': settlementId,
    'settlement-start-date': stamp(period.start),
    'settlement-end-date': stamp(period.end),
    'deposit-date': stamp(depositDate),
    'total-amount': sum,
    currency,
  };
  const lines = [
    Object.fromEntries(COLUMNS.map((column) => [column, column])),
    summary,
    ...rows.map((row) => detail(settlementId, row)),
  ];
  return {
    total: sum,
    text: lines.map((cells: Cells) => `${COLUMNS.map((column) => cells[column] ?? '').join('\t')}\n`).join(''),
  };
}

function detail(settlementId: string, row: SettlementRow): Cells {
  return {
    'settlement-id': settlementId,
    'transaction-type': row.type,
    'order-id': row.orderId ?? '',
    'merchant-order-id': row.merchantOrderId ?? '',
    'adjustment-id': row.adjustmentId ?? '',
    'shipment-id': row.shipmentId ?? '',
    'marketplace-name': row.marketplaceName ?? '',
    'amount-type': row.group,
    'amount-description': row.description,
    amount: dollars(row.cents),
    'fulfillment-id': row.fulfillmentId ?? '',
    'posted-date': row.postedAt.slice(0, 10),
    'posted-date-time': stamp(row.postedAt),
    'order-item-code': row.orderItemCode ?? '',
    'merchant-adjustment-item-id': row.adjustmentItemId ?? '',
    sku: row.sku ?? '',
    'quantity-purchased': row.quantity ? String(row.quantity) : '',
    'promotion-id': row.promotionId ?? '',
  };
}

function stamp(instant: string): string {
  return instant.replace('T', ' ').replace('Z', ' UTC');
}
