/**
 * What Finances tells of money, before and after it is settled: the population of refunds, dispatches and accruals
 * (close.md, *Items*, *Accruals*). It is not ours: nothing of it is derived from the settlement report or from what we posted.
 */
import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';

export type FinanceStatus = 'DEFERRED' | 'RELEASED' | 'DEFERRED_RELEASED';

/** One transaction of `listTransactions` (Finances 2024-06-19), without anything about a person. */
export interface FinanceTransaction {
  transactionId: string;
  /** `transactionType` as Amazon spells it: an open list (`Shipment`, `Refund`, `ServiceFee`, …). */
  type: string;
  description: string | null;
  status: FinanceStatus;
  /** Its own day, whatever its status says today. */
  postedAt: Instant;
  orderId: string | null;
  shipmentId: string | null;
  /** The event group (`FINANCIAL_EVENT_GROUP_ID`); null while it belongs to none. */
  groupId: string | null;
  settlementId: string | null;
  /** `DEFERRED_TRANSACTION_ID`: the deferred twin that this one releases. One that names it does not count, its twin does. */
  releases: string | null;
  /** `RELEASE_TRANSACTION_ID`: the transaction that released this one. */
  releasedBy: string | null;
  /** When a deferred one is due (`DeferredContext.maturityDate`). */
  maturesAt: Instant | null;
  marketplaceName: string | null;
  fulfilledBy: 'AMAZON' | 'MERCHANT' | null;
  currency: CurrencyCode;
  /** Signed minor units as Amazon's balance changes: a sale is positive, a fee negative. */
  total: bigint;
  parts: FinancePart[];
}

/**
 * A leaf of the breakdowns, signed as the total. `path` is the names from the root to it, joined by `/` as Amazon spells
 * them (`Expenses/AmazonFees/Commission/Base`). The parts of a transaction come to its total; where they do not, the
 * rest stands as a part with the path `(rest)`, so that nothing of it is lost unseen.
 */
export interface FinancePart {
  path: string;
  amount: bigint;
  sku: string | null;
  orderItemId: string | null;
  /** Units of the item (`ProductContext.quantityShipped`); null where it has none. */
  quantity: number | null;
}
