/** Codes of the exceptions that an operator resolves. Each has an entry in the catalogue of errors and in docs/errors.md. */
export const EXCEPTION_CODES = [
  'sku-unknown', 'unknown-amount', 'tax-residual', 'transfer-failed', 'period-closed', 'document-missing', 'document-differs', 'bank-line-missing',
  'netsuite-refused', 'report-sum', 'report-unreadable', 'refund-unclear', 'chain-broken', 'netsuite-down', 'netsuite-auth', 'amazon-down', 'amazon-auth', 'report-reissued', 'drift', 'setting-unknown',
] as const;
export type ExceptionCode = (typeof EXCEPTION_CODES)[number];
