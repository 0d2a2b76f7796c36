/** Tables of settlements, and of what their payouts apply. */
import type { SalesPurpose, SettlingPurpose } from '../../domain/documents/document-kinds.ts';
import type { ColumnType, Generated } from 'kysely';
import type { PayoutState } from '../../domain/payouts/payout-states.ts';
import type { Instant, Json } from '../columns.ts';

export interface SettlementsTable {
  connection: string;
  settlement_id: string;
  revision: number;
  sha256: string;
  state: PayoutState;
  currency: string;
  total: bigint;
  period_start: Instant;
  period_end: Instant;
  deposit_at: Instant;
  variant: string;
  columns: number;
  row_count: number;
  map_version: number | null;
  found_at: Instant;
  tied_at: Instant | null;
  purged_at: ColumnType<string | null, string | null | undefined, string | null>;
  /** Months before its last in which its journal makes parts. */
  part_months: ColumnType<string[], string | undefined, string>;
}

export interface SettlementRowsTable {
  connection: string;
  settlement_id: string;
  line: number;
  ordinal: number;
  transaction_type: string;
  amount_type: string;
  amount_description: string;
  amount: bigint;
  order_id: string | null;
  shipment_id: string | null;
  marketplace_name: string | null;
  fulfillment_id: string | null;
  posted_at: Instant;
  order_item_code: string | null;
  sku: string | null;
  quantity: number | null;
  role: string | null;
  known_as: string | null;
  booked: string | null;
  part: number | null;
  document: string | null;
}

/** A report that came again with other content, from the first time (1). `header` as the parser gave it. */
export interface SettlementRevisionsTable {
  connection: string;
  settlement_id: string;
  revision: number;
  sha256: string;
  header: Json;
  state: 'found' | 'taken-up' | 'refused';
  found_at: Instant;
}

/** What one payout applies of one document, why (its rows, or a person's decision), and the external id of the payment that does. */
export interface ApplicationsTable {
  connection: string;
  settlement_id: string;
  document: string;
  cause: 'rows' | 'decision';
  kind: SettlingPurpose;
  amount: bigint;
  payment: string | null;
  applied: boolean;
}

/** A person's decisions about a document that was settled for more or less than it is; `amount` is settled − total, `number` that of its journal on `variance`. */
export interface SettledDifferencesTable {
  connection: string;
  settlement_id: string;
  document: string;
  /** Its purpose: an invoice's, or a credit memo's. */
  document_purpose: SalesPurpose;
  ordinal: number;
  number: number | null;
  /** External id of that journal. */
  journal: string | null;
  choice: 'variance' | 'leave';
  amount: bigint;
  decided_by: string;
  why: string | null;
  audit: number;
  decided_at: Instant;
}

/** `amount` as the side stood in the books, debit positive. */
export interface SettledSetOffsTable {
  connection: string;
  settlement_id: string;
  number: number;
  /** External id of its journal. */
  journal: string;
  amount: bigint;
  decided_by: string;
  why: string;
  audit: number;
  decided_at: Instant;
}

/** Chains that a controller opened although something speaks of an earlier settlement. */
export interface OpenedChainsTable {
  connection: string;
  settlement_id: string;
  decided_by: string;
  why: string;
  audit: number;
  decided_at: Instant;
}

export interface EventGroupsTable {
  connection: string;
  group_id: string;
  currency: string;
  total: bigint | null;
  started_at: Instant | null;
  ended_at: Instant | null;
  processing_status: string | null;
  beginning_balance: bigint | null;
  status: string | null;
  trace_id: string | null;
  account_tail: string | null;
  transfer_at: Instant | null;
  converted_total: bigint | null;
  converted_currency: string | null;
}

export interface MovementsTable {
  connection: string;
  external_id: string;
  settlement_id: string;
  kind: string;
  amount: bigint;
  currency: string;
  trace_id: string | null;
  bank_line: string | null;
  date: string | null;
  state: string;
  posted_on: string;
}

/** What a movement became, one document each: see `domain/matching/movement.ts`. `id` keeps their order. */
export interface MovementDocumentsTable {
  id: Generated<number>;
  connection: string;
  external_id: string;
  movement: string;
  settlement_id: string;
  kind: string;
  debit: string;
  credit: string;
  amount: bigint;
  currency: string;
  cleared: bigint;
  date: string;
  bank_line: string | null;
  found_by: string;
  posted: boolean;
}

/** A row by which an earlier payout came back; `movement` is that payout, null while none is known. */
export interface ReturnedPayoutsTable {
  connection: string;
  settlement_id: string;
  line: number;
  amount: bigint;
  currency: string;
  posted_at: Instant;
  movement: string | null;
}

/** The checks of a payout as they ran last against NetSuite. */
export interface PayoutChecksTable {
  connection: string;
  settlement_id: string;
  checked_at: Instant;
  run: Json;
}
