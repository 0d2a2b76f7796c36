/** The codes of exceptions about stock. */
export type StockCode =
  | 'sku-unknown'
  | 'item-not-countable'
  | 'pool-unknown'
  | 'shipment-unbooked'
  | 'fulfilment-unseen'
  | 'receipt-unknown'
  | 'inbound-short'
  | 'inbound-over'
  | 'ledger-unknown'
  | 'ledger-gap'
  | 'ledger-truncated'
  | 'snapshot-truncated'
  | 'receipt-not-restocked'
  | 'stock-missing'
  | 'cost-unknown'
  | 'adjustment-large'
  | 'movement-foreign'
  | 'movements-apart';

/** Codes of exceptions that planning raises and ends; `sku-unknown` is raised by orders as well. */
export const PLANNED_CODES = [
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
  'receipt-not-restocked',
  'stock-missing',
  'cost-unknown',
  'adjustment-large',
  'movement-foreign',
] as const satisfies readonly StockCode[];

/** All that stock raises: what is not whole or apart is told where it is read. */
const STOCK_CODES: readonly StockCode[] = [
  ...PLANNED_CODES,
  'ledger-truncated',
  'snapshot-truncated',
  'movements-apart',
];

export function isStockCode(code: string): code is StockCode {
  return (STOCK_CODES as readonly string[]).includes(code);
}
