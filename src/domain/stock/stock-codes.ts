import type { StockCode } from './stock-plan.ts';

/** Codes of exceptions that stock raises; `sku-unknown` is raised by orders as well. */
export const STOCK_CODES = [
  'sku-unknown',
  'item-not-countable',
  'pool-unknown',
  'shipment-unbooked',
  'fulfilment-unseen',
  'receipt-unknown',
  'inbound-short',
  'inbound-over',
  'ledger-unknown',
  'ledger-gap',
  'ledger-truncated',
  'snapshot-truncated',
  'receipt-not-restocked',
  'stock-missing',
  'cost-unknown',
  'adjustment-large',
  'movement-foreign',
  'movements-apart',
] as const satisfies readonly StockCode[];

export function isStockCode(code: string): code is StockCode {
  return (STOCK_CODES as readonly string[]).includes(code);
}
