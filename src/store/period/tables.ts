/** Tables of the month: populations that are Amazon's, against which it is closed. */
import type { ColumnType } from 'kysely';
import type { FinanceStatus } from '../../domain/period/finance-transaction.ts';
import type { Instant, Json } from '../columns.ts';

export interface FinanceTransactionsTable {
  connection: string;
  transaction_id: string;
  type: string;
  description: string | null;
  status: FinanceStatus;
  posted_at: Instant;
  order_id: string | null;
  shipment_id: string | null;
  group_id: string | null;
  settlement_id: string | null;
  releases: string | null;
  released_by: string | null;
  matures_at: Instant | null;
  marketplace_name: string | null;
  fulfilled_by: 'AMAZON' | 'MERCHANT' | null;
  currency: string;
  total: bigint;
  parts: Json;
  /** Totals that Amazon told before and does not any more, in their order, as decimal strings of minor units. */
  earlier_totals: ColumnType<string[], never, never>;
}

export interface MonthOrdersTable {
  connection: string;
  /** `2026-10` */
  period: string;
  asked_at: Instant;
  read_at: Instant;
  sha256: string;
  unreadable: number;
  orders: Json;
}

export interface AmazonBalancesTable {
  connection: string;
  /** That was asked for. */
  day: string;
  /** Keeps their order. */
  number: number;
  marketplace_id: string | null;
  account_type: string;
  balance_type: string;
  currency: string;
  amount: bigint;
  as_of: string;
  asked_at: Instant;
}

export interface BalancesOnTable {
  connection: string;
  day: string;
  read_at: Instant;
  standing: Json;
}
