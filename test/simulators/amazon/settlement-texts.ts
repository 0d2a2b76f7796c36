/** Settlement reports typed for the tests, written by column name so that a test shows only what matters. */
import { V2_COLUMNS } from '../../settlement-columns.ts';

const V1_COLUMNS = [
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
  'shipment-fee-type',
  'shipment-fee-amount',
  'order-fee-type',
  'order-fee-amount',
  'fulfillment-id',
  'posted-date',
  'order-item-code',
  'merchant-order-item-id',
  'merchant-adjustment-item-id',
  'sku',
  'quantity-purchased',
  'price-type',
  'price-amount',
  'item-related-fee-type',
  'item-related-fee-amount',
  'misc-fee-amount',
  'other-fee-amount',
  'other-fee-reason-description',
  'direct-payment-type',
  'direct-payment-amount',
  'other-amount',
];

export type Cells = Record<string, string>;

export function v2Text(rows: readonly Cells[]): Uint8Array {
  return text(V2_COLUMNS, rows);
}

export function v1Text(rows: readonly Cells[]): Uint8Array {
  return text(V1_COLUMNS, rows);
}

function text(columns: readonly string[], rows: readonly Cells[]): Uint8Array {
  for (const row of rows)
    for (const column of Object.keys(row)) if (!columns.includes(column)) throw new Error(`no column ${column}`);
  return new TextEncoder().encode(
    [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
      .map((cells) => `${cells.join('\t')}\n`)
      .join(''),
  );
}

/** A row of an order in V2: one amount. */
export function amount(
  type: string,
  orderId: string,
  shipmentId: string,
  postedAt: string,
  sku: string,
  group: string,
  description: string,
  value: string,
  more: Cells = {},
): Cells {
  return {
    'transaction-type': type,
    'order-id': orderId,
    'shipment-id': shipmentId,
    'marketplace-name': 'Amazon.com',
    'fulfillment-id': 'AFN',
    'posted-date-time': postedAt,
    'order-item-code': sku === '' ? '' : `7${orderId.slice(-5)}${sku.length}`,
    sku: sku,
    'amount-type': group,
    'amount-description': description,
    amount: value,
    ...more,
  };
}
