import type { LedgerRow } from '../../../src/domain/stock/stock-facts.ts';

/** A row of the ledger: a lost mug. */
export const ledgerRow = (changes: Partial<LedgerRow> = {}): LedgerRow => ({
  day: '2026-10-10',
  fnsku: 'X1',
  sku: 'BLU-MUG',
  asin: 'B0',
  title: 'Mug',
  eventType: 'Adjustments',
  reason: 'M',
  reference: '7001',
  quantity: -1,
  centre: 'PHX7',
  country: 'US',
  disposition: 'SELLABLE',
  reconciled: 0,
  unreconciled: 1,
  ...changes,
});
