import type { SettlementHeader, SettlementRow } from '../../src/domain/settlement/settlement.ts';

/** A row of the tests: a fee of the account unless said otherwise. */
export function settlementRow(fields: Partial<SettlementRow> = {}): SettlementRow {
  return {
    line: 3,
    ordinal: 0,
    transactionType: 'other-transaction',
    amountType: 'other-transaction',
    amountDescription: 'Subscription Fee',
    amount: 0n,
    orderId: null,
    merchantOrderId: null,
    adjustmentId: null,
    shipmentId: null,
    marketplaceName: null,
    fulfillmentId: null,
    postedAt: '2026-10-20T12:00:00Z',
    orderItemCode: null,
    merchantAdjustmentItemId: null,
    sku: null,
    quantity: null,
    promotionId: null,
    ...fields,
  };
}

export function settlementHeader(total: bigint, fields: Partial<SettlementHeader> = {}): SettlementHeader {
  return {
    settlementId: '20001234561',
    start: '2026-10-15T20:00:00Z',
    end: '2026-10-29T20:00:00Z',
    depositDate: '2026-10-31T20:00:00Z',
    total,
    currency: 'USD',
    variant: 'V2',
    columns: 24,
    ...fields,
  };
}
