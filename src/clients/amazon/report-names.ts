/** What people call the reports that are read by their column names; drift of their columns is told under it. */
export const REPORT_NAMES = {
  GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL: 'fulfilled shipments report',
  GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL: 'all-orders report',
  GET_LEDGER_DETAIL_VIEW_DATA: 'inventory ledger',
  GET_LEDGER_SUMMARY_VIEW_DATA: 'inventory ledger summary',
  GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA: 'customer returns report',
  GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA: 'removal shipments report',
  GET_FBA_REIMBURSEMENTS_DATA: 'reimbursements report',
} as const;

export type NamedReport = keyof typeof REPORT_NAMES;

/** How drift of a column begins in words. */
export const UNKNOWN_COLUMN = 'unknown column';
