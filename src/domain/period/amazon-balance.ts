import type { Instant } from '../money/instant.ts';
import type { CurrencyCode } from '../money/money.ts';

/** A balance of the seller's account as Amazon had it at the end of a day (`listBalances`, Finances 2024-06-19). */
export interface AmazonBalance {
  marketplaceId: string | null;
  /** `Standard Orders`, …; empty where Amazon names none. */
  accountType: string;
  /** `TOTAL`, of `AVAILABLE` and `RESERVED`, which is `DEFERRED` and `ACCOUNT_LEVEL_RESERVE`. */
  balanceType: string;
  currency: CurrencyCode;
  /** Signed minor units: positive is what Amazon owes. */
  amount: bigint;
  /** The day for which Amazon says that it is, as it writes it; the day asked for where it says none. */
  asOf: string;
  askedAt: Instant;
}
