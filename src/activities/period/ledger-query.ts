/** What queries of NetSuite's ledger by month have in common. */

/** Posted lines with their document, its currency and the period that it is posted in. */
export const LEDGER =
  'FROM transactionline tl JOIN transaction t ON t.id = tl.transaction JOIN currency c ON c.id = t.currency JOIN accountingperiod p ON p.id = t.postingperiod';

/** A `?` for each. */
export const marks = (all: readonly unknown[]): string => all.map(() => '?').join(', ');

/** What every key of a connection begins with (accounting.md, *Identity*). */
export const prefixOf = (connection: string): string => `AMZ_${connection}_`;
