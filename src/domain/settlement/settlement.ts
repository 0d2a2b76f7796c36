import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';

/** Which of Amazon's flat files a report is (`reference`: V2 has 24 or 23 columns, V1 36 or 33). */
export type SettlementVariant = 'V2' | 'V1';

/** The summary row of a settlement report. */
export interface SettlementHeader {
  settlementId: string;
  start: Instant;
  end: Instant;
  depositDate: Instant;
  /** `total-amount`, signed minor units. */
  total: bigint;
  currency: CurrencyCode;
  variant: SettlementVariant;
  columns: number;
}

/** What an amount is called: Amazon's open lists, V1 normalised to V2 names. */
export interface AmountKey {
  transactionType: string;
  amountType: string;
  amountDescription: string;
}

/**
 * One amount of a settlement report. A V2 row is one amount; a V1 row may hold several, which share its `line`.
 * There is no row id in the report: (line, ordinal) is the identity, together with the file's hash.
 */
export interface SettlementRow extends AmountKey {
  /** 1-based line in the file. */
  line: number;
  /** 0 for the first amount of the line. */
  ordinal: number;
  amount: bigint;
  orderId: string | null;
  merchantOrderId: string | null;
  adjustmentId: string | null;
  shipmentId: string | null;
  marketplaceName: string | null;
  /** `AFN` or `MFN`, as the file says. */
  fulfillmentId: string | null;
  postedAt: Instant;
  orderItemCode: string | null;
  merchantAdjustmentItemId: string | null;
  sku: string | null;
  quantity: number | null;
  promotionId: string | null;
}

/** What a report that was issued again comes to beyond the one before. */
export const changeOfTotal = (before: { total: bigint }, after: { total: bigint }): bigint =>
  after.total - before.total;
